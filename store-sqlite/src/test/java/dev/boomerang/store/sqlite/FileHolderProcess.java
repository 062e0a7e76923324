// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Another process that opens a store and keeps it.
final class FileHolderProcess {
  private FileHolderProcess() {}

  /// Returns when it has the store.
  static Process start(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FileHolderProcess.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getInputStream().read();
    return process;
  }

  public static void main(String[] arguments) throws IOException {
    SqliteStore.open(Path.of(arguments[0]));
    System.out.write("open".getBytes(StandardCharsets.UTF_8));
    System.out.flush();
    System.in.read();
  }
}
