// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.process.ChildProcess;
import dev.boomerang.bench.process.MillionProcess;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.BenchReport.Budget;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A million sessions in one heap, without sockets, which no process here may have so many of.
final class MillionBench implements Bench {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    Map<String, Double> figures;
    int sessions = benchOptions.million();
    // Twice what sessions, registrations and the channels take.
    int heapMib = 512 + sessions / 1_000 * 8;
    try (var temporaryFolder = new TemporaryFolder();
        var process =
            ChildProcess.java(
                temporaryFolder,
                MillionProcess.class,
                List.of("-Xmx" + heapMib + "m"),
                List.of(Integer.toString(sessions)))) {
      figures =
          Arrays.stream(process.await("done", PATIENCE).split(" ", -1))
              .map(word -> word.split("=", -1))
              .collect(Collectors.toMap(word -> word[0], word -> Double.valueOf(word[1])));
    }
    double each = figures.getOrDefault("each", Double.NaN);
    double transport = figures.getOrDefault("transport", Double.NaN);
    benchReport.figure("sessions in one heap", "", figures.getOrDefault("sessions", Double.NaN));
    benchReport.figure(
        "heap each, with its channel", "B", each, new Budget.AtMost(2_560), Optional.empty());
    benchReport.figure("of it the channel itself", "B", transport);
    benchReport.figure("log-ins", "/s", figures.getOrDefault("perSecond", Double.NaN));
    benchReport.figure(
        "one message to one of them, p50", "ms", figures.getOrDefault("p50", Double.NaN));
    benchReport.figure("p99", "ms", figures.getOrDefault("p99", Double.NaN));
    benchReport.figure("longest", "ms", figures.getOrDefault("max", Double.NaN));
  }
}
