// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.Callers.Outcome;
import dev.boomerang.bench.Report.Budget;
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
  private static final int MOST_PER_SECOND = 14_000;
  private static final String STORED = "boomerang_delivery_transitions_total{to=\"delivered\"}";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Clock clock = Clock.systemUTC();

  @Override
  public void run(Options options, Report report) throws Exception {
    int devices = Math.min(DEVICES, options.connections());
    try (var scratch = new Scratch();
        var database = Database.of(options);
        var server = Server.start(scratch, options.server(), database.environment());
        var fleet = new Fleet(server.gateway(), Optional.empty());
        var callers = new Callers(server.http(), 2 * options.callers())) {
      fleet.connect(server.register(devices));
      Way way = new Way(server, fleet, callers, devices);
      eager(way, options.warmUp());
      Rate rate = eager(way, options.span());
      double perSecond = rate.perSecond();
      report.note("at full rate: " + rate.cpu());
      report.figure(
          devices + " devices: pushes stored as arrived (" + Database.name(options) + ")",
          "/s",
          perSecond,
          new Budget.AtLeast(10_000),
          Optional.empty());
      steady(way, options.span(), perSecond / 2, report);
      fleet.checkAllThere();
    }
  }

  private record Way(Server server, Fleet fleet, Callers callers, int devices) {

    /// Pushes whose arrival is stored. Waits until they are as many as were received.
    void awaitStored(double count) throws IOException, InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (server.metric(STORED) < count) {
        if (System.nanoTime() > end) {
          throw new IOException("of " + count + " only " + server.metric(STORED) + " stored");
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private record Rate(double perSecond, String cpu) {}

  private Rate eager(Way way, Duration span) throws Exception {
    Requests requests = sign(way, span, MOST_PER_SECOND);
    double storedBefore = way.server().metric(STORED);
    long receivedBefore = way.fleet().received();
    var sent = new AtomicLong();
    CpuShare cpu = CpuShare.since(way.server().process());
    long begin = System.nanoTime();
    Outcome outcome =
        way.callers()
            .eager(
                span,
                requests,
                () -> sent.get() - (way.fleet().received() - receivedBefore) < UNDER_WAY,
                (_, _) -> sent.incrementAndGet());
    way.awaitStored(storedBefore + outcome.answered());
    return new Rate(outcome.answered() / ((System.nanoTime() - begin) / 1e9), cpu.toString());
  }

  private void steady(Way way, Duration span, double perSecond, Report report) throws Exception {
    Requests requests = sign(way, span, perSecond * 1.1);
    long first = requests.number();
    var due = new AtomicLongArray((int) (perSecond * span.toSeconds() * 1.1) + 1);
    var arrival = new Latency();
    way.fleet()
        .onArrival(number -> arrival.record(System.nanoTime() - due.get((int) (number - first))));
    double storedBefore = way.server().metric(STORED);
    Outcome outcome =
        way.callers()
            .steady(
                span,
                requests,
                perSecond,
                (number, dueAt) -> due.set((int) (number - first), dueAt));
    long ended = System.nanoTime();
    way.awaitStored(storedBefore + outcome.answered());
    double tail = (System.nanoTime() - ended) / 1e6;
    way.fleet().onArrival(_ -> {});
    report.figure("at half of that: call due to device, p50", "ms", arrival.millis(50));
    report.figure(
        "at half of that: call due to device, p99",
        "ms",
        arrival.millis(99),
        new Budget.AtMost(50),
        Optional.empty());
    report.figure("at half of that: call due to answer, p99", "ms", outcome.latency().millis(99));
    report.figure("last answer to last arrival stored", "ms", tail);
    report.note("to the device: " + arrival);
    report.note("to the answer: " + outcome.latency());
  }

  private Requests sign(Way way, Duration span, double perSecond) {
    int count = (int) (perSecond * span.toMillis() / 1_000);
    return Requests.sign(way.server().signer(), count, way.devices(), clock.instant());
  }
}
