// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Stops a task and prints how it stands then.
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Keeps back what has not left the server yet, and takes nothing back.")
public final class StopCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "TASK", description = "The task's id, as push printed it")
  private String task = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode state =
        server.client().post("/api/v1/tasks/" + TaskJson.inPath(task) + "/stop", Json.object());
    if (!output.print(state)) {
      System.out.println("stopped task " + task + "  " + TaskJson.counts(state));
    }
    return 0;
  }
}
