// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Reads which server to call, and with which token.
final class ServerOptions {
  @Option(
      names = "--server",
      paramLabel = "<url>",
      defaultValue = "${env:BOOMERANG_SERVER:-http://127.0.0.1:7300}",
      description = "The server's HTTP address. Default: ${DEFAULT-VALUE}")
  private URI server = URI.create("http://127.0.0.1:7300");

  @Option(
      names = "--token",
      paramLabel = "<text>",
      description = "The admin token. Default: the demo app's")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--data-dir",
      paramLabel = "<folder>",
      defaultValue = "${env:BOOMERANG_DATA_DIR:-./data}",
      description = "Where the server keeps demo.json. Default: ${DEFAULT-VALUE}")
  private Path dataDir = Path.of("data");

  NativeClient client() throws IOException {
    return new NativeClient(
        server, token.isPresent() ? token.get() : DemoFile.text(dataDir, "adminToken", "--token"));
  }
}
