// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Pushes one message and prints its task.
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    description = {
      "Pushes a notification and prints its task.",
      "If no person reads along (a pipe, a script), it prints the task's id alone."
    })
public final class PushCommand implements Callable<Integer> {

  static final class Audience {
    @Option(names = "--user", paramLabel = "<id>", description = "To the devices of this user")
    private List<String> users = List.of();

    @Option(names = "--registration", paramLabel = "<id>", description = "To this registration")
    private List<String> registrations = List.of();

    @Option(names = "--alias", paramLabel = "<alias>", description = "To this alias")
    private List<String> aliases = List.of();

    @Option(names = "--device", paramLabel = "<id>", description = "To this device id")
    private List<String> devices = List.of();

    @Option(
        names = "--tag",
        paramLabel = "<tag>",
        description = "To all registrations that have this tag; given again, to those of either")
    private List<String> tags = List.of();

    ObjectNode json() {
      ObjectNode json = Json.object();
      Map.of(
              "users", users,
              "registrations", registrations,
              "aliases", aliases,
              "devices", devices)
          .forEach(
              (by, names) -> {
                if (!names.isEmpty()) {
                  var array = json.putArray(by);
                  names.forEach(array::add);
                }
              });
      if (!tags.isEmpty()) {
        var any = json.putObject("segment").putArray("any");
        tags.forEach(tag -> any.addObject().put("tag", tag));
      }
      return json;
    }
  }

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private Output output = new Output();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Audience audience = new Audience();

  @Option(names = "--title", required = true, paramLabel = "<text>", description = "The title")
  private String title = "";

  @Option(names = "--body", paramLabel = "<text>", description = "The text below the title")
  private String body = "";

  @Option(names = "--uri", paramLabel = "<uri>", description = "What opening it opens")
  private Optional<String> uri = Optional.empty();

  @Option(
      names = "--ttl",
      paramLabel = "<seconds>",
      description = "How long it may be delivered. Default: the server's")
  private Optional<Long> ttl = Optional.empty();

  @Option(
      names = "--replace",
      paramLabel = "<task>",
      description = "Take the place of this earlier task")
  private Optional<String> replaced = Optional.empty();

  @Option(
      names = "--request-id",
      paramLabel = "<text>",
      description = "Repeating a push with the same id delivers nothing more")
  private Optional<String> requestId = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode push = Json.object();
    push.set("audience", audience.json());
    ObjectNode notification = push.putObject("notification").put("title", title).put("body", body);
    uri.ifPresent(text -> notification.putObject("click").put("action", "url").put("uri", text));
    ttl.ifPresent(seconds -> push.put("ttlSeconds", seconds));
    replaced.ifPresent(id -> push.putObject("replace").put("task", id));
    requestId.ifPresent(id -> push.put("requestId", id));
    JsonNode task = server.client().post("/api/v1/pushes", push);
    if (output.print(task)) {
      return 0;
    }
    if (!Output.isTerminal()) {
      System.out.println(task.path("id").asText());
      return 0;
    }
    System.out.println(
        "task "
            + task.path("id").asText()
            + "  total="
            + task.path("total").asInt()
            + " unreached="
            + task.path("unreached").asInt());
    return 0;
  }
}
