// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.load.DeviceFleet;
import dev.boomerang.bench.load.HttpLoadClients;
import dev.boomerang.bench.load.HttpLoadClients.Outcome;
import dev.boomerang.bench.load.SignedRequests;
import dev.boomerang.bench.process.BenchDatabase;
import dev.boomerang.bench.process.CpuShare;
import dev.boomerang.bench.process.ServerProcess;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.BenchReport.Budget;
import dev.boomerang.bench.report.LatencyHistogram;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// The whole way: signed push, stored, delivered to a connected device, acknowledged, the arrival
/// stored. First with so many under way at once; a message is under way from its call to its
/// arrival at the device, and the clock stops when the last arrival is stored. Then at half of that
/// rate, steadily, for the time from the moment a call is due to the device.
final class EndToEndBench implements Bench {
  private static final int DEVICES = 2_000;
  private static final int UNDER_WAY = 1_000;

  /// Requests signed for each second of an eager run: more than the server can take. If it took
  /// more, the run would end early and still be right.
  private static final int MOST_PER_SECOND = 14_000;

  private static final String STORED = "boomerang_delivery_transitions_total{to=\"delivered\"}";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Clock clock = Clock.systemUTC();

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    int devices = Math.min(DEVICES, benchOptions.connections());
    try (var temporaryFolder = new TemporaryFolder();
        var benchDatabase = BenchDatabase.of(benchOptions);
        var serverProcess =
            ServerProcess.start(
                temporaryFolder, benchOptions.server(), benchDatabase.environment());
        var deviceFleet = new DeviceFleet(serverProcess.gateway(), Optional.empty());
        var httpCallers = new HttpLoadClients(serverProcess.http(), 2 * benchOptions.callers())) {
      deviceFleet.connect(serverProcess.register(devices));
      Way way = new Way(serverProcess, deviceFleet, httpCallers, devices);
      eager(way, benchOptions.warmUp());
      Rate rate = eager(way, benchOptions.span());
      double perSecond = rate.perSecond();
      benchReport.note("at full rate: " + rate.cpu());
      benchReport.figure(
          devices + " devices: pushes stored as arrived (" + BenchDatabase.name(benchOptions) + ")",
          "/s",
          perSecond,
          new Budget.AtLeast(10_000),
          Optional.empty());
      steady(way, benchOptions.span(), perSecond / 2, benchReport);
      deviceFleet.checkAllThere();
    }
  }

  private record Way(
      ServerProcess serverProcess,
      DeviceFleet deviceFleet,
      HttpLoadClients httpCallers,
      int devices) {

    /// Pushes whose arrival is stored. Waits until they are as many as were received.
    void awaitStored(double count) throws IOException, InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (serverProcess.metric(STORED) < count) {
        if (System.nanoTime() > end) {
          throw new IOException(
              "of " + count + " only " + serverProcess.metric(STORED) + " stored");
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private record Rate(double perSecond, String cpu) {}

  /// Returns the full rate, with the wait for the last stored arrival in the time.
  private Rate eager(Way way, Duration span) throws Exception {
    SignedRequests signedRequests = sign(way, span, MOST_PER_SECOND);
    double storedBefore = way.serverProcess().metric(STORED);
    long receivedBefore = way.deviceFleet().received();
    var sent = new AtomicLong();
    CpuShare cpu = CpuShare.since(way.serverProcess().process());
    long begin = System.nanoTime();
    Outcome outcome =
        way.httpCallers()
            .eager(
                span,
                signedRequests,
                () -> sent.get() - (way.deviceFleet().received() - receivedBefore) < UNDER_WAY,
                (_, _) -> sent.incrementAndGet());
    way.awaitStored(storedBefore + outcome.answered());
    return new Rate(outcome.answered() / ((System.nanoTime() - begin) / 1e9), cpu.toString());
  }

  /// Reports the latency at a steady rate. A push's stamp is its number here, by which the arrival
  /// finds when the call was due.
  private void steady(Way way, Duration span, double perSecond, BenchReport benchReport)
      throws Exception {
    SignedRequests signedRequests = sign(way, span, perSecond * 1.1);
    long first = signedRequests.number();
    var due = new AtomicLongArray((int) (perSecond * span.toSeconds() * 1.1) + 1);
    var arrival = new LatencyHistogram();
    way.deviceFleet()
        .onArrival(number -> arrival.record(System.nanoTime() - due.get((int) (number - first))));
    double storedBefore = way.serverProcess().metric(STORED);
    Outcome outcome =
        way.httpCallers()
            .steady(
                span,
                signedRequests,
                perSecond,
                (number, dueAt) -> due.set((int) (number - first), dueAt));
    long ended = System.nanoTime();
    way.awaitStored(storedBefore + outcome.answered());
    double tail = (System.nanoTime() - ended) / 1e6;
    way.deviceFleet().onArrival(_ -> {});
    benchReport.figure("at half of that: call due to device, p50", "ms", arrival.millis(50));
    benchReport.figure(
        "at half of that: call due to device, p99",
        "ms",
        arrival.millis(99),
        new Budget.AtMost(50),
        Optional.empty());
    benchReport.figure(
        "at half of that: call due to answer, p99", "ms", outcome.latencyHistogram().millis(99));
    benchReport.figure("last answer to last arrival stored", "ms", tail);
    benchReport.note("to the device: " + arrival);
    benchReport.note("to the answer: " + outcome.latencyHistogram());
  }

  private SignedRequests sign(Way way, Duration span, double perSecond) {
    int count = (int) (perSecond * span.toMillis() / 1_000);
    return SignedRequests.sign(
        way.serverProcess().pushSigner(), count, way.devices(), clock.instant());
  }
}
