// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Recalls a task and prints what that achieved, as far as is known at once.
@Command(
    name = "recall",
    mixinStandardHelpOptions = true,
    description = "Takes a push back and prints the report.")
public final class RecallCommand implements Callable<Integer> {
  private static final List<String> PARTS =
      List.of("prevented", "withdrawn", "waiting", "tooLate", "dismissed", "unsupported", "total");

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "TASK", description = "The task's id, as push printed it")
  private String task = "";

  @Option(names = "--dry-run", description = "Only say what it would achieve")
  private boolean dryRun;

  @Option(
      names = "--target",
      paramLabel = "<name>",
      description = "Only what went to this user, alias, device or registration")
  private Optional<String> target = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode body = Json.object().put("dryRun", dryRun);
    target.ifPresent(name -> body.put("target", name));
    JsonNode report =
        server.client().post("/api/v1/tasks/" + TaskJson.inPath(task) + "/recall", body);
    if (output.print(report)) {
      return 0;
    }
    System.out.println(
        dryRun
            ? "dry run, recalling task " + task + " now would be:"
            : "recall " + report.path("id").asText() + " of task " + task);
    for (String part : PARTS) {
      System.out.printf("  %-12s %6d%n", part, report.path(part).asInt());
    }
    return 0;
  }
}
