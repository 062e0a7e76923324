// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.load.DeviceFleet;
import dev.boomerang.bench.load.DeviceIdentities;
import dev.boomerang.bench.load.MqttPublisher;
import dev.boomerang.bench.message.BenchMessage;
import dev.boomerang.bench.process.ChildProcess;
import dev.boomerang.bench.process.CpuShare;
import dev.boomerang.bench.process.GatewayClient;
import dev.boomerang.bench.process.MosquittoBroker;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.BenchReport.Budget;
import dev.boomerang.bench.report.LatencyHistogram;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Measures one message for all devices, QoS 1, again and again, each time when the last one has
/// reached everybody; mosquitto gets it once, on a topic all have subscribed to. Time runs from the
/// moment the server gets the message to the moment the last device has it.
final class BroadcastBench implements Bench {
  private static final String TOPIC = "push/all";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private record Measured(
      double perSecond, double middleMillis, double medianMillis, String rounds) {}

  private interface Round {
    void begin(long stamp) throws Exception;
  }

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    Measured ours;
    try (var temporaryFolder = new TemporaryFolder();
        var gateway = GatewayClient.start(temporaryFolder, benchOptions.connections(), false);
        var deviceFleet = new DeviceFleet(gateway.address(), gateway.tls())) {
      deviceFleet.connect(gateway.identities());
      ours =
          measure(
              benchOptions,
              deviceFleet,
              gateway.process(),
              stamp -> gateway.process().tell("broadcast " + stamp));
    }
    Optional<Measured> peers = mosquitto(benchOptions);
    benchReport.figure(
        benchOptions.connections() + " devices: messages",
        "/s",
        ours.perSecond(),
        new Budget.AtLeast(75_000),
        peers.map(Measured::perSecond));
    benchReport.figure(
        "until a device in the middle has it",
        "ms",
        ours.middleMillis(),
        Budget.None.NONE,
        peers.map(Measured::middleMillis));
    benchReport.figure(
        "until the last device has it (median round)",
        "ms",
        ours.medianMillis(),
        Budget.None.NONE,
        peers.map(Measured::medianMillis));
    benchReport.note("boomerang: " + ours.rounds());
    peers.ifPresent(peer -> benchReport.note("mosquitto: " + peer.rounds()));
  }

  private static Measured measure(
      BenchOptions benchOptions, DeviceFleet deviceFleet, ChildProcess server, Round round)
      throws Exception {
    rounds(benchOptions, deviceFleet, round, benchOptions.warmUp(), new LatencyHistogram());
    var each = new LatencyHistogram();
    CpuShare cpu = CpuShare.since(server);
    double[] millis = rounds(benchOptions, deviceFleet, round, benchOptions.span(), each);
    String used = cpu.toString();
    Arrays.sort(millis);
    double total = Arrays.stream(millis).sum();
    deviceFleet.checkAllThere();
    return new Measured(
        millis.length * (benchOptions.connections() / (total / 1e3)),
        each.millis(50),
        millis[millis.length / 2],
        millis.length + " rounds, " + used);
  }

  /// Returns how long each round took, in milliseconds, in order. `each` records the time to each
  /// device. Throws `IOException` if a device misses a message.
  private static double[] rounds(
      BenchOptions benchOptions,
      DeviceFleet deviceFleet,
      Round round,
      Duration span,
      LatencyHistogram each)
      throws Exception {
    deviceFleet.onArrival(stamp -> each.record(System.nanoTime() - stamp));
    long end = System.nanoTime() + span.toNanos();
    var took = new java.util.ArrayList<Double>();
    while (System.nanoTime() < end) {
      long target = deviceFleet.received() + benchOptions.connections();
      long begin = System.nanoTime();
      round.begin(begin);
      if (!deviceFleet.awaitReceived(target, PATIENCE)) {
        throw new IOException(
            (target - deviceFleet.received())
                + " devices missed a broadcast, after "
                + took.size());
      }
      took.add((System.nanoTime() - begin) / 1e6);
      // The last acknowledgements are still on their way.
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    return took.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Optional<Measured> mosquitto(BenchOptions benchOptions) throws Exception {
    try (var temporaryFolder = new TemporaryFolder()) {
      Optional<MosquittoBroker> broker = MosquittoBroker.start(temporaryFolder);
      if (broker.isEmpty()) {
        return Optional.empty();
      }
      try (var peer = broker.get();
          var deviceFleet = new DeviceFleet(peer.address(), Optional.empty());
          var mqttPublisher = new MqttPublisher(peer.address())) {
        deviceFleet.connect(DeviceIdentities.listening(benchOptions.connections(), TOPIC));
        return Optional.of(
            measure(
                benchOptions,
                deviceFleet,
                peer.process(),
                stamp -> {
                  mqttPublisher.publish(TOPIC, BenchMessage.payload("0".repeat(23), stamp));
                  mqttPublisher.flush();
                }));
      }
    }
  }
}
