// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import java.io.Console;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Prints for a person, or with `--json` for a program, one JSON value in each line.
final class Output {
  @Option(names = "--json", description = "Print JSON, one value in each line")
  private boolean json;

  boolean isJson() {
    return json;
  }

  /// Prints a value, if it is to be JSON; returns whether it was.
  boolean print(JsonNode value) {
    if (json) {
      System.out.println(Json.write(value));
    }
    return json;
  }

  /// Whether a person reads along; if not, it is a script.
  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
