// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The figures of one bench, printed as a table: what was measured, what it should be, how the two
/// relate (1.00 and above keeps the budget), and the peer's figure from the same run.
public final class BenchReport {

  /// What a figure should be.
  public sealed interface Budget {
    double limit();

    /// 1 at the limit, more when better.
    double ratio(double measured);

    record AtLeast(double limit) implements Budget {
      @Override
      public double ratio(double measured) {
        return measured / limit;
      }
    }

    record AtMost(double limit) implements Budget {
      @Override
      public double ratio(double measured) {
        return limit / measured;
      }
    }

    /// Measured for information.
    enum None implements Budget {
      NONE;

      @Override
      public double limit() {
        return 0;
      }

      @Override
      public double ratio(double measured) {
        return 1;
      }
    }
  }

  private record Row(
      String what, String unit, double value, Budget budget, Optional<Double> peer) {}

  private final String title;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public BenchReport(String title) {
    this.title = title;
  }

  public void figure(String what, String unit, double value) {
    rows.add(new Row(what, unit, value, Budget.None.NONE, Optional.empty()));
  }

  public void figure(String what, String unit, double value, Budget budget, Optional<Double> peer) {
    rows.add(new Row(what, unit, value, budget, peer));
  }

  public void note(String text) {
    notes.add(text);
  }

  /// Prints the table and the notes. The load is printed too, since on a busy machine figures are
  /// worse than the code.
  public void print(PrintStream out) {
    out.println();
    out.println(title + "   (load of the machine now: " + load() + ")");
    out.printf(
        "  %-44s %14s %14s %7s %14s%n", "figure", "measured", "budget", "ratio", "mosquitto");
    for (Row row : rows) {
      out.printf(
          "  %-44s %14s %14s %7s %14s%n",
          row.what(),
          number(row.value()) + " " + row.unit(),
          budget(row),
          row.budget() == Budget.None.NONE
              ? ""
              : String.format(Locale.ROOT, "%.2f", row.budget().ratio(row.value())),
          row.peer().map(peer -> number(peer) + " " + row.unit()).orElse(""));
    }
    notes.forEach(note -> out.println("  " + note));
    out.flush();
  }

  private static String budget(Row row) {
    return switch (row.budget()) {
      case Budget.AtLeast(double limit) -> ">= " + number(limit);
      case Budget.AtMost(double limit) -> "<= " + number(limit);
      case Budget.None _ -> "";
    };
  }

  /// Returns `value` with about three digits, whatever the user's locale.
  static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }

  /// Returns the load average of the last minute, this run's own included; negative where the
  /// system has none.
  private static String load() {
    double load =
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return number(load);
  }
}
