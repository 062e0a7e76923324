// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.Mqtt.Identity;
import dev.boomerang.bench.Report.Budget;
import java.time.Duration;
import java.util.Optional;

/// A message of its own for one device after the other, QoS 1, from the gateway alone; from
/// mosquitto, the same messages published by one connection to each device's topic. First as many
/// as go through with so many unacknowledged; then half of that at a steady rate, for the latency.
final class UnicastBench implements Bench {
  private static final int IN_FLIGHT = 2_000;
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /// One side's figures.
  private record Measured(double perSecond, String cpu, Latency latency) {}

  /// What makes the other side send.
  private interface Source {
    void eager(Duration span) throws Exception;

    void steady(Duration span, double perSecond) throws Exception;
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    Measured ours;
    try (var scratch = new Scratch();
        var gateway = GatewayAlone.start(scratch, options.connections(), false);
        var fleet = new Fleet(gateway.address(), gateway.tls())) {
      fleet.connect(gateway.identities());
      ours = measure(options, fleet, gateway.process(), source(gateway.process()));
    }
    Optional<Measured> peers = mosquitto(options);
    report.figure(
        options.connections() + " devices: messages",
        "/s",
        ours.perSecond(),
        new Budget.AtLeast(50_000),
        peers.map(Measured::perSecond));
    report.figure(
        "latency p50 at half of our rate",
        "ms",
        ours.latency().millis(50),
        Budget.None.NONE,
        peers.map(peer -> peer.latency().millis(50)));
    report.figure(
        "latency p99 at half of our rate",
        "ms",
        ours.latency().millis(99),
        new Budget.AtMost(1),
        peers.map(peer -> peer.latency().millis(99)));
    report.note("boomerang at full rate: " + ours.cpu());
    peers.ifPresent(peer -> report.note("mosquitto at full rate: " + peer.cpu()));
    report.note("boomerang at half: " + ours.latency());
    peers.ifPresent(peer -> report.note("mosquitto at half of its own: " + peer.latency()));
  }

  private static Measured measure(Options options, Fleet fleet, Child server, Source source)
      throws Exception {
    source.eager(options.warmUp());
    drained(fleet);
    long before = fleet.received();
    long begin = System.nanoTime();
    CpuShare cpu = CpuShare.since(server);
    source.eager(options.span());
    String used = cpu.toString();
    double perSecond = (fleet.received() - before) / ((System.nanoTime() - begin) / 1e9);
    drained(fleet);

    var latency = new Latency();
    fleet.onArrival(due -> latency.record(System.nanoTime() - due));
    source.steady(options.span(), perSecond / 2);
    drained(fleet);
    fleet.checkAllThere();
    return new Measured(perSecond, used, latency);
  }

  /// Waits until nothing more comes.
  private static void drained(Fleet fleet) {
    long last;
    do {
      last = fleet.received();
    } while (fleet.awaitReceived(last + 1, Duration.ofMillis(300)));
  }

  private static Source source(Child gateway) {
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

  private static Optional<Measured> mosquitto(Options options) throws Exception {
    try (var scratch = new Scratch()) {
      Optional<Mosquitto> broker = Mosquitto.start(scratch);
      if (broker.isEmpty()) {
        return Optional.empty();
      }
      try (var peer = broker.get();
          var fleet = new Fleet(peer.address(), Optional.empty());
          var publisher = new Publisher(peer.address())) {
        fleet.connect(Identities.make(options.connections()));
        return Optional.of(
            measure(options, fleet, peer.process(), source(fleet, publisher, options)));
      }
    }
  }

  private static Source source(Fleet fleet, Publisher publisher, Options options) {
    var sender =
        new Pacer.Sender() {
          private final Identity[] all =
              Identities.make(options.connections()).toArray(Identity[]::new);
          private int next;
          private long sent;

          @Override
          public void send(long due) {
            Identity to = all[next];
            next = (next + 1) % all.length;
            sent++;
            publisher.publish(to.topic(), Message.payload(to.clientId(), due));
          }

          @Override
          public void pause() {
            publisher.flush();
          }
        };
    return new Source() {
      @Override
      public void eager(Duration span) {
        long ahead = sender.sent - fleet.received();
        Pacer.eager(span, () -> sender.sent - fleet.received() - ahead < IN_FLIGHT, sender);
      }

      @Override
      public void steady(Duration span, double perSecond) {
        Pacer.steady(perSecond, span, sender);
        publisher.flush();
      }
    };
  }
}
