// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the server wrote down for clients at its first start.
final class Demo {
  private Demo() {}

  /// One text of `demo.json`; `option` is how else the caller could have said it.
  static String text(Path dataDir, String name, String option) throws IOException {
    Path file = file(dataDir);
    if (!Files.isReadable(file)) {
      throw new IOException("cannot read " + file + ": start the server first, or give " + option);
    }
    return find(dataDir, name).orElseThrow(() -> new IOException(file + " has no " + name));
  }

  /// One text of `demo.json`; empty if it is not there, or there is no such file.
  static Optional<String> find(Path dataDir, String name) throws IOException {
    Path file = file(dataDir);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    JsonNode json =
        Json.read(Files.readString(file, UTF_8))
            .orElseThrow(() -> new IOException(file + " is not JSON"));
    return Optional.of(json.path(name).asText()).filter(text -> !text.isEmpty());
  }

  private static Path file(Path dataDir) {
    return dataDir.resolve("demo.json");
  }
}
