// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Follows a task until every delivery is in its final state.
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Follows a task: prints a line whenever something changes, until all is over.")
public final class TailCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "TASK", description = "The task's id, as push printed it")
  private String task = "";

  @Option(names = "--deliveries", description = "A line for each delivery instead of the counts")
  private boolean deliveries;

  @Option(names = "--once", description = "Print how it stands now, and end")
  private boolean once;

  @Option(
      names = "--every",
      paramLabel = "<millis>",
      defaultValue = "1000",
      description = "How often to look. Default: ${DEFAULT-VALUE}")
  private long everyMillis = 1_000;

  private final Map<String, String> printed = new HashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    NativeClient client = server.client();
    while (true) {
      JsonNode state = client.get("/api/v1/tasks/" + TaskJson.inPath(task));
      if (deliveries) {
        page(client);
      } else {
        print("", TaskJson.counts(state), state);
      }
      if (once || TaskJson.isOver(state)) {
        return 0;
      }
      TimeUnit.MILLISECONDS.sleep(everyMillis);
    }
  }

  private void page(NativeClient client) throws IOException, InterruptedException {
    String after = "";
    do {
      JsonNode page =
          client.get(
              "/api/v1/deliveries?task="
                  + TaskJson.inPath(task)
                  + "&limit="
                  + PAGE
                  + "&after="
                  + after);
      for (JsonNode delivery : page.path("deliveries")) {
        print(delivery.path("registration").asText(), TaskJson.delivery(delivery), delivery);
      }
      after = page.path("after").asText();
    } while (!after.isEmpty());
  }

  /// Prints a value that is new under its name.
  private void print(String name, String line, JsonNode value) {
    if (!line.equals(printed.put(name, line)) && !output.print(value)) {
      System.out.println(
          LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
  }
}
