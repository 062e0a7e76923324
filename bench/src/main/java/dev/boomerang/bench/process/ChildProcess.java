// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A process this one started, spoken to in lines over its standard input and output, and stopped
/// with it. What it says on standard error goes to a file.
public final class ChildProcess implements AutoCloseable {
  /// As the server's own start script has them.
  private static final List<String> SERVER_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xms80m",
          "-XX:NewSize=48m",
          "-XX:SurvivorRatio=4",
          "-Xss512k",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  private static final Duration STOP = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;
  private final BufferedWriter in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread hook;

  /// Starts to read its output at once, so that a full pipe never blocks it. The hook kills it if
  /// this process ends without [#close].
  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.in = new BufferedWriter(process.outputWriter(UTF_8));
    this.hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.ofVirtual().name("child-output").start(this::read);
  }

  /// Starts a command with `environment` beside this process's own. Its standard error goes to a
  /// new file of `temporaryFolder`.
  static ChildProcess start(
      TemporaryFolder temporaryFolder, List<String> command, Map<String, String> environment)
      throws IOException {
    Path log = temporaryFolder.file("child.log");
    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    return new ChildProcess(builder.start(), log);
  }

  /// A class of this jar as a process of its own, with the options the server is started with and
  /// `more` and, as the server takes them, those of `BOOMERANG_JAVA_OPTS`.
  public static ChildProcess java(
      TemporaryFolder temporaryFolder, Class<?> main, List<String> more, List<String> args)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SERVER_OPTIONS);
    command.addAll(more);
    Stream.of(System.getenv().getOrDefault("BOOMERANG_JAVA_OPTS", "").split(" ", -1))
        .filter(Predicate.not(String::isBlank))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    return start(temporaryFolder, command, Map.of());
  }

  /// Collects its output line by line until it ends. On a virtual thread of its own.
  private void read() {
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException _) {
      // It ended.
    }
  }

  /// Returns the rest of the next line that begins with `prefix`, without blanks at its ends; lines
  /// before it are dropped. Throws `IOException`, with the end of its standard error, if none comes
  /// within `atMost`; a process that has ended is not noticed earlier.
  public String await(String prefix, Duration atMost) throws IOException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      Optional<String> line =
          Optional.ofNullable(lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS));
      if (line.isEmpty()) {
        throw new IOException("no \"" + prefix + "\" within " + atMost + "\n" + errors());
      }
      if (line.get().startsWith(prefix)) {
        return line.get().substring(prefix.length()).strip();
      }
    }
  }

  /// Tells it a line and returns what it says to that, after the word `done`. One thread may ask at
  /// a time, since answers have no other mark.
  public String ask(String line, Duration atMost) throws IOException, InterruptedException {
    tell(line);
    return await("done", atMost);
  }

  public void tell(String line) throws IOException {
    in.write(line);
    in.newLine();
    in.flush();
  }

  /// Returns the last twenty lines of its standard error.
  private String errors() throws IOException {
    List<String> all = Files.readAllLines(log, UTF_8);
    return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
  }

  /// Returns its resident memory in bytes, from `VmRSS` in `/proc/<pid>/status`; works on Linux
  /// only.
  public long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", process.pid() + "", "status"), UTF_8)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS of process " + process.pid());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Asks it to stop and kills it if it has not within [#STOP].
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
