// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.process.ServerProcess;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.BenchReport.Budget;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Measures the time from calling the start script to its `ready` line, first over an empty data
/// folder, then over the same again; and resident memory ten seconds later.
final class StartBench implements Bench {
  private static final int TIMES = 5;
  private static final long REST_NANOS = 10_000_000_000L;
  private static final double MIB = 1 << 20;

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    double[] first = new double[TIMES];
    double[] again = new double[TIMES];
    double resident = 0;
    try (var temporaryFolder = new TemporaryFolder()) {
      for (int i = 0; i < TIMES; i++) {
        Path data = temporaryFolder.file("data");
        first[i] = start(temporaryFolder, benchOptions, data, false);
        again[i] = start(temporaryFolder, benchOptions, data, false);
      }
      resident = start(temporaryFolder, benchOptions, temporaryFolder.file("data"), true);
    }
    benchReport.figure(
        "first start to ready (median of " + TIMES + ")",
        "s",
        median(first),
        new Budget.AtMost(2),
        Optional.empty());
    benchReport.figure(
        "later start to ready", "s", median(again), new Budget.AtMost(2), Optional.empty());
    benchReport.figure(
        "resident when idle for 10 s",
        "MiB",
        resident / MIB,
        new Budget.AtMost(150),
        Optional.empty());
    benchReport.note("first starts: " + Arrays.toString(first));
    benchReport.note("later starts: " + Arrays.toString(again));
  }

  /// The seconds it took, or, if it is to `rest`, the bytes it then holds.
  private static double start(
      TemporaryFolder temporaryFolder, BenchOptions benchOptions, Path data, boolean rest)
      throws Exception {
    long begin = System.nanoTime();
    try (var serverProcess =
        ServerProcess.start(temporaryFolder, benchOptions.server(), data, Map.of())) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (!rest) {
        return seconds;
      }
      LockSupport.parkNanos(REST_NANOS);
      return serverProcess.process().resident();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
