// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.Report.Budget;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// One message for all devices, QoS 1, again and again, each time when the last one has reached
/// everybody; mosquitto gets it once, on a topic all have subscribed to. Time runs from the moment
/// the server is told to the moment the last device has it.
final class BroadcastBench implements Bench {
  private static final String TOPIC = "push/all";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private record Measured(
      double perSecond, double middleMillis, double medianMillis, String rounds) {}

  private interface Round {
    void begin(long stamp) throws Exception;
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    Measured ours;
    try (var scratch = new Scratch();
        var gateway = GatewayAlone.start(scratch, options.connections(), false);
        var fleet = new Fleet(gateway.address(), gateway.tls())) {
      fleet.connect(gateway.identities());
      ours =
          measure(
              options,
              fleet,
              gateway.process(),
              stamp -> gateway.process().tell("broadcast " + stamp));
    }
    Optional<Measured> peers = mosquitto(options);
    report.figure(
        options.connections() + " devices: messages",
        "/s",
        ours.perSecond(),
        new Budget.AtLeast(75_000),
        peers.map(Measured::perSecond));
    report.figure(
        "until a device in the middle has it",
        "ms",
        ours.middleMillis(),
        Budget.None.NONE,
        peers.map(Measured::middleMillis));
    report.figure(
        "until the last device has it (median round)",
        "ms",
        ours.medianMillis(),
        Budget.None.NONE,
        peers.map(Measured::medianMillis));
    report.note("boomerang: " + ours.rounds());
    peers.ifPresent(peer -> report.note("mosquitto: " + peer.rounds()));
  }

  private static Measured measure(Options options, Fleet fleet, Child server, Round round)
      throws Exception {
    rounds(options, fleet, round, options.warmUp(), new Latency());
    var each = new Latency();
    CpuShare cpu = CpuShare.since(server);
    double[] millis = rounds(options, fleet, round, options.span(), each);
    String used = cpu.toString();
    Arrays.sort(millis);
    double total = Arrays.stream(millis).sum();
    fleet.checkAllThere();
    return new Measured(
        millis.length * (options.connections() / (total / 1e3)),
        each.millis(50),
        millis[millis.length / 2],
        millis.length + " rounds, " + used);
  }

  /// How long each round took, in milliseconds.
  private static double[] rounds(
      Options options, Fleet fleet, Round round, Duration span, Latency each) throws Exception {
    fleet.onArrival(stamp -> each.record(System.nanoTime() - stamp));
    long end = System.nanoTime() + span.toNanos();
    var took = new java.util.ArrayList<Double>();
    while (System.nanoTime() < end) {
      long target = fleet.received() + options.connections();
      long begin = System.nanoTime();
      round.begin(begin);
      if (!fleet.awaitReceived(target, PATIENCE)) {
        throw new IOException(
            (target - fleet.received()) + " devices missed a broadcast, after " + took.size());
      }
      took.add((System.nanoTime() - begin) / 1e6);
      // The last acknowledgements are still on their way.
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    return took.stream().mapToDouble(Double::doubleValue).toArray();
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
        fleet.connect(Identities.listening(options.connections(), TOPIC));
        return Optional.of(
            measure(
                options,
                fleet,
                peer.process(),
                stamp -> {
                  publisher.publish(TOPIC, Message.payload("0".repeat(23), stamp));
                  publisher.flush();
                }));
      }
    }
  }
}
