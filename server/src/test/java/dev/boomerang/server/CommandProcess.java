// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `./boomerang` as a process of its own, talked to as a person would.
final class CommandProcess implements AutoCloseable {
  /// Done once: all starts after it are as fast as a user's second one.
  private static final class Prepared {
    static final int EXIT_CODE = prepare();

    private static int prepare() {
      try {
        return builder(Path.of("").toAbsolutePath(), "prepare")
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start()
            .waitFor();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final List<String> printed = new ArrayList<>();

  private CommandProcess(Process process) {
    this.process = process;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.in = new PrintStream(process.getOutputStream(), true, UTF_8);
  }

  static CommandProcess run(Path folder, String... arguments) throws IOException {
    return run(folder, Map.of(), arguments);
  }

  static CommandProcess run(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    if (Prepared.EXIT_CODE != 0) {
      throw new AssertionError("boomerang prepare ended with " + Prepared.EXIT_CODE);
    }
    ProcessBuilder builder = builder(folder, arguments).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start());
  }

  /// The server with a heap of so many MiB, straight from the class path.
  static CommandProcess server(Path folder, int heapMiB, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMiB + "m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve"));
    command.addAll(List.of(arguments));
    return new CommandProcess(
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start());
  }

  private static ProcessBuilder builder(Path folder, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of("..", "boomerang").toAbsolutePath().normalize().toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("BOOMERANG_BUILD", "never");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  /// Reads on to the first line that contains this.
  String awaitLine(String part) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      printed.add(line);
      if (line.contains(part)) {
        return line;
      }
    }
    throw new AssertionError("never printed '" + part + "', but " + printed);
  }

  CommandProcess type(String line) {
    in.println(line);
    return this;
  }

  /// Ends its input, not the process.
  void closeInput() {
    in.close();
  }

  /// SIGTERM.
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would close its output too
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Reads to the end and returns all lines.
  List<String> rest() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      printed.add(line);
    }
    return List.copyOf(printed);
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
