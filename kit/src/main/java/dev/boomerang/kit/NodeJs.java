// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A script with one package from npm, in a folder under `target`. Needs `node` and `npm`, 18 or
/// newer, on the path.
public final class NodeJs {
  private final Path home;
  private final Path script;

  private NodeJs(Path home, Path script) {
    this.home = home;
    this.script = script;
  }

  /// Fetches `packageName@version`, unless an earlier run has, and takes `script` from among the
  /// resources beside the test.
  public static NodeJs with(String packageName, String version, Class<?> test, String script)
      throws IOException {
    Path home =
        Path.of("target", "npm", packageName.replace('/', '-') + "-" + version).toAbsolutePath();
    Files.createDirectories(home);
    if (!Files.isDirectory(home.resolve("node_modules").resolve(packageName))) {
      install(home, packageName + "@" + version);
    }
    Path copy = home.resolve(script);
    try (InputStream in = test.getResourceAsStream(script)) {
      if (in == null) {
        throw new IOException("no resource " + script + " beside " + test.getName());
      }
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return new NodeJs(home, copy);
  }

  /// Runs the script. What it says on standard error is the test's.
  public Process start(String... arguments) {
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    command.addAll(List.of(arguments));
    return start(home, command);
  }

  private static Process start(Path folder, List<String> command) {
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "this test needs `" + command.getFirst() + "` (Node.js 18 or newer) on the path", e);
    }
  }

  private static void install(Path home, String what) throws IOException {
    List<String> command =
        List.of("npm", "install", "--prefix", home.toString(), "--no-audit", "--no-fund", what);
    Process npm = start(home, command);
    String said = new String(npm.getInputStream().readAllBytes(), UTF_8);
    try {
      if (npm.waitFor() != 0) {
        throw new IOException(command + ": " + said);
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
