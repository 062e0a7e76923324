// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.load.DeviceFleet;
import dev.boomerang.bench.load.DeviceIdentities;
import dev.boomerang.bench.load.MqttPublisher;
import dev.boomerang.bench.message.BenchMessage;
import dev.boomerang.bench.message.MqttPackets.Identity;
import dev.boomerang.bench.message.SendPacer;
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
import java.time.Duration;
import java.util.Optional;

/// A message of its own for one device after the other, QoS 1, from the gateway alone; from
/// mosquitto, the same messages published by one connection to each device's topic. First as many
/// as go through with so many unacknowledged; then half of that at a steady rate, for the latency.
final class UnicastBench implements Bench {
  /// Messages that may be unacknowledged at once: enough that the server always has work.
  private static final int IN_FLIGHT = 2_000;

  private static final Duration MARGIN = Duration.ofSeconds(30);

  /// One side's figures.
  private record Measured(double perSecond, String cpu, LatencyHistogram latencyHistogram) {}

  /// What makes the other side send.
  private interface Source {
    void eager(Duration span) throws Exception;

    void steady(Duration span, double perSecond) throws Exception;
  }

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    Measured ours;
    try (var temporaryFolder = new TemporaryFolder();
        var gateway = GatewayClient.start(temporaryFolder, benchOptions.connections(), false);
        var deviceFleet = new DeviceFleet(gateway.address(), gateway.tls())) {
      deviceFleet.connect(gateway.identities());
      ours = measure(benchOptions, deviceFleet, gateway.process(), source(gateway.process()));
    }
    Optional<Measured> peers = mosquitto(benchOptions);
    benchReport.figure(
        benchOptions.connections() + " devices: messages",
        "/s",
        ours.perSecond(),
        new Budget.AtLeast(50_000),
        peers.map(Measured::perSecond));
    benchReport.figure(
        "latency p50 at half of our rate",
        "ms",
        ours.latencyHistogram().millis(50),
        Budget.None.NONE,
        peers.map(peer -> peer.latencyHistogram().millis(50)));
    benchReport.figure(
        "latency p99 at half of our rate",
        "ms",
        ours.latencyHistogram().millis(99),
        new Budget.AtMost(1),
        peers.map(peer -> peer.latencyHistogram().millis(99)));
    benchReport.note("boomerang at full rate: " + ours.cpu());
    peers.ifPresent(peer -> benchReport.note("mosquitto at full rate: " + peer.cpu()));
    benchReport.note("boomerang at half: " + ours.latencyHistogram());
    peers.ifPresent(
        peer -> benchReport.note("mosquitto at half of its own: " + peer.latencyHistogram()));
  }

  /// Measures one side: the full rate first, then the latency at half of its own. The gateway
  /// stamps a message in its process and the devices read it in this one: on Linux both have the
  /// same `System.nanoTime`.
  private static Measured measure(
      BenchOptions benchOptions, DeviceFleet deviceFleet, ChildProcess server, Source source)
      throws Exception {
    source.eager(benchOptions.warmUp());
    drained(deviceFleet);
    long before = deviceFleet.received();
    long begin = System.nanoTime();
    CpuShare cpu = CpuShare.since(server);
    source.eager(benchOptions.span());
    String used = cpu.toString();
    double perSecond = (deviceFleet.received() - before) / ((System.nanoTime() - begin) / 1e9);
    drained(deviceFleet);

    var latencyHistogram = new LatencyHistogram();
    deviceFleet.onArrival(due -> latencyHistogram.record(System.nanoTime() - due));
    source.steady(benchOptions.span(), perSecond / 2);
    drained(deviceFleet);
    deviceFleet.checkAllThere();
    return new Measured(perSecond, used, latencyHistogram);
  }

  /// Waits until nothing more comes.
  private static void drained(DeviceFleet deviceFleet) {
    long last;
    do {
      last = deviceFleet.received();
    } while (deviceFleet.awaitReceived(last + 1, Duration.ofMillis(300)));
  }

  private static Source source(ChildProcess gateway) {
    return new Source() {
      @Override
      public void eager(Duration span) throws Exception {
        gateway.ask("eager " + seconds(span) + " " + IN_FLIGHT, span.plus(MARGIN));
      }

      @Override
      public void steady(Duration span, double perSecond) throws Exception {
        gateway.ask("steady " + seconds(span) + " " + perSecond, span.plus(MARGIN));
      }
    };
  }

  private static double seconds(Duration span) {
    return span.toMillis() / 1e3;
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
        deviceFleet.connect(DeviceIdentities.make(benchOptions.connections()));
        return Optional.of(
            measure(
                benchOptions,
                deviceFleet,
                peer.process(),
                source(deviceFleet, mqttPublisher, benchOptions)));
      }
    }
  }

  private static Source source(
      DeviceFleet deviceFleet, MqttPublisher mqttPublisher, BenchOptions benchOptions) {
    var sender =
        new SendPacer.Sender() {
          private final Identity[] all =
              DeviceIdentities.make(benchOptions.connections()).toArray(Identity[]::new);
          private int next;
          private long sent;

          @Override
          public void send(long due) {
            Identity to = all[next];
            next = (next + 1) % all.length;
            sent++;
            mqttPublisher.publish(to.topic(), BenchMessage.payload(to.clientId(), due));
          }

          @Override
          public void pause() {
            mqttPublisher.flush();
          }
        };
    return new Source() {
      @Override
      public void eager(Duration span) {
        // What an earlier run lost must not count as under way for ever.
        long ahead = sender.sent - deviceFleet.received();
        SendPacer.eager(
            span, () -> sender.sent - deviceFleet.received() - ahead < IN_FLIGHT, sender);
      }

      @Override
      public void steady(Duration span, double perSecond) {
        SendPacer.steady(perSecond, span, sender);
        mqttPublisher.flush();
      }
    };
  }
}
