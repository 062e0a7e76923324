// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.load.DeviceFleet;
import dev.boomerang.bench.load.DeviceIdentities;
import dev.boomerang.bench.message.MqttPackets;
import dev.boomerang.bench.process.GatewayClient;
import dev.boomerang.bench.process.MosquittoBroker;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.BenchReport.Budget;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Measures what a connected device that does nothing costs: heap in use after a full collection,
/// and resident memory, with all devices less with a few.
final class IdleBench implements Bench {
  /// Connected before the first look, so that what is only loaded once does not count.
  private static final int FIRST = 200;

  private record Measured(double heapBytes, double residentBytes) {}

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    Measured plain = measure(benchOptions, false);
    Measured tls = measure(benchOptions, true);
    Optional<Double> peer = mosquitto(benchOptions);
    int sessions = benchOptions.connections();
    benchReport.figure(
        sessions + " idle sessions: heap each",
        "B",
        plain.heapBytes(),
        new Budget.AtMost(2_560),
        Optional.empty());
    benchReport.figure("resident each", "B", plain.residentBytes(), new Budget.AtMost(4_096), peer);
    benchReport.figure(
        "with TLS: heap each", "B", tls.heapBytes(), new Budget.AtMost(10_240), Optional.empty());
    benchReport.figure("with TLS: resident each", "B", tls.residentBytes());
  }

  private static Measured measure(BenchOptions benchOptions, boolean tls) throws Exception {
    int sessions = benchOptions.connections();
    try (var temporaryFolder = new TemporaryFolder();
        var gateway = GatewayClient.start(temporaryFolder, sessions + FIRST, tls);
        var deviceFleet = new DeviceFleet(gateway.address(), gateway.tls())) {
      deviceFleet.connect(gateway.identities().subList(0, FIRST));
      long heapBefore = gateway.heap();
      long residentBefore = gateway.process().resident();
      deviceFleet.connect(gateway.identities().subList(FIRST, FIRST + sessions));
      settle();
      long heap = gateway.heap() - heapBefore;
      long resident = gateway.process().resident() - residentBefore;
      deviceFleet.checkAllThere();
      return new Measured((double) heap / sessions, (double) resident / sessions);
    }
  }

  private static Optional<Double> mosquitto(BenchOptions benchOptions) throws Exception {
    int sessions = benchOptions.connections();
    try (var temporaryFolder = new TemporaryFolder()) {
      Optional<MosquittoBroker> broker = MosquittoBroker.start(temporaryFolder);
      if (broker.isEmpty()) {
        return Optional.empty();
      }
      try (var peer = broker.get();
          var deviceFleet = new DeviceFleet(peer.address(), Optional.empty())) {
        List<MqttPackets.Identity> all = DeviceIdentities.make(sessions + FIRST);
        deviceFleet.connect(all.subList(0, FIRST));
        long before = peer.process().resident();
        deviceFleet.connect(all.subList(FIRST, all.size()));
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
