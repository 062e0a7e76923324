// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.Callers.Outcome;
import dev.boomerang.bench.Report.Budget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Signed pushes to users whose devices are away, against the same HTTP adapter with nothing behind
/// it. The two take turns, so that what else the machine does meets both.
final class AcceptBench implements Bench {
  private static final int USERS = 1_000;
  private static final int TURNS = 3;
  private static final int MOST_PER_SECOND = 16_000;
  private static final Duration START = Duration.ofSeconds(30);

  private final Clock clock = Clock.systemUTC();

  /// One side, summed over its turns.
  private static final class Side {
    private final Callers callers;
    private final Child server;
    private long answered;
    private double seconds;
    private Latency last = new Latency();
    private String cpu = "";

    Side(Callers callers, Child server) {
      this.callers = callers;
      this.server = server;
    }

    void turn(Duration span, Requests requests) throws Exception {
      CpuShare used = CpuShare.since(server);
      Outcome outcome = callers.eager(span, requests, () -> true, (_, _) -> {});
      answered += outcome.answered();
      seconds += outcome.seconds();
      last = outcome.latency();
      cpu = used.toString();
    }

    double perSecond() {
      return answered / seconds;
    }
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    try (var scratch = new Scratch();
        var database = Database.of(options);
        var server = Server.start(scratch, options.server(), database.environment());
        var bare = Child.java(scratch, BareHttp.class, List.of(), List.of())) {
      int port = Integer.parseInt(bare.await("ready", START));
      var bareAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      server.register(USERS);
      try (var pushing = new Callers(server.http(), options.callers());
          var asking = new Callers(bareAddress, options.callers())) {
        measure(
            options, report, server, new Side(pushing, server.process()), new Side(asking, bare));
      }
    }
  }

  private void measure(Options options, Report report, Server server, Side push, Side bare)
      throws Exception {
    Signer signer = server.signer();
    warmUp(options, signer, push, bare);
    Duration turn = options.span().dividedBy(TURNS);
    for (int i = 0; i < TURNS; i++) {
      Requests requests = sign(signer, turn);
      push.turn(turn, requests);
      requests.rewind();
      bare.turn(turn, requests);
    }
    report.figure(
        options.callers() + " callers: signed pushes stored (" + Database.name(options) + ")",
        "/s",
        push.perSecond());
    report.figure("bare HTTP server, same requests", "/s", bare.perSecond());
    report.figure(
        "share of the bare server",
        "",
        push.perSecond() / bare.perSecond(),
        new Budget.AtLeast(0.5),
        Optional.empty());
    report.note("pushes, last turn: " + push.last + "; " + push.cpu);
    report.note("bare, last turn:   " + bare.last + "; " + bare.cpu);
  }

  private void warmUp(Options options, Signer signer, Side push, Side bare) throws Exception {
    Requests requests = sign(signer, options.warmUp());
    push.callers.eager(options.warmUp(), requests, () -> true, (_, _) -> {});
    requests.rewind();
    bare.callers.eager(options.warmUp(), requests, () -> true, (_, _) -> {});
  }

  private Requests sign(Signer signer, Duration span) {
    int count = (int) (MOST_PER_SECOND * span.toMillis() / 1_000);
    return Requests.sign(signer, count, USERS, clock.instant());
  }
}
