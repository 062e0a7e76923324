// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.Report.Budget;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What a connected device that does nothing costs: heap in use after a full collection, and
/// resident memory, with all devices less with a few.
final class IdleBench implements Bench {
  /// Connected before the first look, so that what is only loaded once does not count.
  private static final int FIRST = 200;

  private record Measured(double heapBytes, double residentBytes) {}

  @Override
  public void run(Options options, Report report) throws Exception {
    Measured plain = measure(options, false);
    Measured tls = measure(options, true);
    Optional<Double> peer = mosquitto(options);
    int sessions = options.connections();
    report.figure(
        sessions + " idle sessions: heap each",
        "B",
        plain.heapBytes(),
        new Budget.AtMost(2_560),
        Optional.empty());
    report.figure("resident each", "B", plain.residentBytes(), new Budget.AtMost(4_096), peer);
    report.figure(
        "with TLS: heap each", "B", tls.heapBytes(), new Budget.AtMost(10_240), Optional.empty());
    report.figure("with TLS: resident each", "B", tls.residentBytes());
  }

  private static Measured measure(Options options, boolean tls) throws Exception {
    int sessions = options.connections();
    try (var scratch = new Scratch();
        var gateway = GatewayAlone.start(scratch, sessions + FIRST, tls);
        var fleet = new Fleet(gateway.address(), gateway.tls())) {
      fleet.connect(gateway.identities().subList(0, FIRST));
      long heapBefore = gateway.heap();
      long residentBefore = gateway.process().resident();
      fleet.connect(gateway.identities().subList(FIRST, FIRST + sessions));
      settle();
      long heap = gateway.heap() - heapBefore;
      long resident = gateway.process().resident() - residentBefore;
      fleet.checkAllThere();
      return new Measured((double) heap / sessions, (double) resident / sessions);
    }
  }

  private static Optional<Double> mosquitto(Options options) throws Exception {
    int sessions = options.connections();
    try (var scratch = new Scratch()) {
      Optional<Mosquitto> broker = Mosquitto.start(scratch);
      if (broker.isEmpty()) {
        return Optional.empty();
      }
      try (var peer = broker.get();
          var fleet = new Fleet(peer.address(), Optional.empty())) {
        List<Mqtt.Identity> all = Identities.make(sessions + FIRST);
        fleet.connect(all.subList(0, FIRST));
        long before = peer.process().resident();
        fleet.connect(all.subList(FIRST, all.size()));
        settle();
        return Optional.of((double) (peer.process().resident() - before) / sessions);
      }
    }
  }

  /// Log-ins leave work behind that is soon done.
  private static void settle() {
    LockSupport.parkNanos(3_000_000_000L);
  }
}
