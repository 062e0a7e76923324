// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.server.config.FilePermissions;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Holds what the server wrote for clients at its first start.
final class DemoFile {
  private DemoFile() {}

  private static final String FILE = "demo.json";

  /// Returns what `demo.json` has; `option` is the other way to give it. Others than its owner
  /// should not be able to read it, and if they are, the command warns.
  static ObjectNode read(Path dataDir, String option) throws IOException {
    Path file = dataDir.resolve(FILE);
    if (!Files.isReadable(file)) {
      throw new IOException("cannot read " + file + ": start the server first, or give " + option);
    }
    FilePermissions.shared(file)
        .ifPresent(
            mode ->
                System.err.println(
                    "boomerang: others may read " + file + " (" + mode + "): chmod 600 it"));
    return Json.read(Files.readString(file, UTF_8))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .orElseThrow(() -> new IOException(file + " is no JSON object"));
  }

  /// Returns one text of `demo.json`.
  static String text(Path dataDir, String name, String option) throws IOException {
    String text = read(dataDir, option).path(name).asText();
    if (text.isEmpty()) {
      throw new IOException(dataDir.resolve(FILE) + " has no " + name);
    }
    return text;
  }

  /// Returns one text of `demo.json`; empty if it is not there, or there is no such file.
  static Optional<String> find(Path dataDir, String name) throws IOException {
    if (!Files.isReadable(dataDir.resolve(FILE))) {
      return Optional.empty();
    }
    return Optional.of(read(dataDir, name).path(name).asText()).filter(text -> !text.isEmpty());
  }
}
