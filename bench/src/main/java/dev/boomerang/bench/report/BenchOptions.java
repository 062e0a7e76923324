// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.report;

import java.nio.file.Path;
import java.time.Duration;

/// The options of a run. `span` is how long each figure is measured, after a warm-up; `connections`
/// are devices, `callers` HTTP connections; `server` is the script that starts Boomerang;
/// `postgres` runs it over an embedded PostgreSQL and not SQLite.
public record BenchOptions(
    Duration span, int connections, int callers, int million, Path server, boolean postgres) {

  /// Returns how long to run before measuring: long enough for the compiler to have settled.
  public Duration warmUp() {
    return Duration.ofSeconds(Math.clamp(span.toSeconds(), 5, 20));
  }

  /// Reads the options from `args[from]` on. Throws `IllegalArgumentException` with a text for the
  /// user if one is unknown or out of range.
  public static BenchOptions parse(String[] args, int from) {
    long seconds = 10;
    int connections = 10_000;
    int callers = 200;
    int million = 1_000_000;
    Path server = Path.of("boomerang");
    boolean postgres = false;
    for (int i = from; i < args.length; i++) {
      switch (args[i]) {
        case "--seconds" -> seconds = number(args, ++i, 3, 600);
        case "--connections" -> connections = (int) number(args, ++i, 10, 18_000);
        case "--callers" -> callers = (int) number(args, ++i, 1, 900);
        case "--sessions" -> million = (int) number(args, ++i, 1_000, 5_000_000);
        case "--server" -> server = Path.of(value(args, ++i)).toAbsolutePath();
        case "--postgres" -> postgres = true;
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    return new BenchOptions(
        Duration.ofSeconds(seconds), connections, callers, million, server, postgres);
  }

  private static String value(String[] args, int i) {
    if (i >= args.length) {
      throw new IllegalArgumentException(args[i - 1] + " needs a value");
    }
    return args[i];
  }

  private static long number(String[] args, int i, long least, long most) {
    String text = value(args, i);
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(args[i - 1] + " must be " + least + " to " + most);
  }
}
