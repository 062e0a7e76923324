// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Prints the demo app's keys again. Who may read `demo.json` may see them.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Prints the demo app's ids and keys, for every dialect.")
public final class KeysCommand implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      paramLabel = "<folder>",
      defaultValue = "${env:BOOMERANG_DATA_DIR:-./data}",
      description = "Where the server keeps demo.json. Default: ${DEFAULT-VALUE}")
  private Path dataDir = Path.of("data");

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    ObjectNode keys = DemoFile.read(dataDir, "--data-dir");
    if (!output.print(keys)) {
      print("", keys);
    }
    return 0;
  }

  private static void print(String indent, ObjectNode keys) {
    for (Map.Entry<String, JsonNode> key : keys.properties()) {
      if (key.getValue() instanceof ObjectNode nested) {
        System.out.println(indent + key.getKey());
        print(indent + "  ", nested);
      } else {
        System.out.printf(
            "%s%-" + (18 - indent.length()) + "s %s%n",
            indent,
            key.getKey(),
            key.getValue().asText());
      }
    }
  }
}
