// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.load.HttpLoadClients;
import dev.boomerang.bench.load.HttpLoadClients.Outcome;
import dev.boomerang.bench.load.SignedRequests;
import dev.boomerang.bench.message.PushSigner;
import dev.boomerang.bench.process.BareHttpProcess;
import dev.boomerang.bench.process.BenchDatabase;
import dev.boomerang.bench.process.ChildProcess;
import dev.boomerang.bench.process.CpuShare;
import dev.boomerang.bench.process.ServerProcess;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.BenchReport.Budget;
import dev.boomerang.bench.report.LatencyHistogram;
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

  /// Requests signed for each second of a turn: more than the server can take, so the time ends the
  /// turn and not the supply.
  private static final int MOST_PER_SECOND = 16_000;

  private static final Duration START = Duration.ofSeconds(30);

  private final Clock clock = Clock.systemUTC();

  /// Sums one side over its turns.
  private static final class Side {
    private final HttpLoadClients httpCallers;
    private final ChildProcess server;
    private long answered;
    private double seconds;
    private LatencyHistogram last = new LatencyHistogram();
    private String cpu = "";

    Side(HttpLoadClients httpCallers, ChildProcess server) {
      this.httpCallers = httpCallers;
      this.server = server;
    }

    /// Runs one turn and adds it to the sums. Latency and processor time are of the last turn
    /// alone.
    void turn(Duration span, SignedRequests signedRequests) throws Exception {
      CpuShare used = CpuShare.since(server);
      Outcome outcome = httpCallers.eager(span, signedRequests, () -> true, (_, _) -> {});
      answered += outcome.answered();
      seconds += outcome.seconds();
      last = outcome.latencyHistogram();
      cpu = used.toString();
    }

    double perSecond() {
      return answered / seconds;
    }
  }

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    try (var temporaryFolder = new TemporaryFolder();
        var benchDatabase = BenchDatabase.of(benchOptions);
        var serverProcess =
            ServerProcess.start(
                temporaryFolder, benchOptions.server(), benchDatabase.environment());
        var bare =
            ChildProcess.java(temporaryFolder, BareHttpProcess.class, List.of(), List.of())) {
      int port = Integer.parseInt(bare.await("ready", START));
      var bareAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      serverProcess.register(USERS);
      try (var pushing = new HttpLoadClients(serverProcess.http(), benchOptions.callers());
          var asking = new HttpLoadClients(bareAddress, benchOptions.callers())) {
        measure(
            benchOptions,
            benchReport,
            serverProcess,
            new Side(pushing, serverProcess.process()),
            new Side(asking, bare));
      }
    }
  }

  private void measure(
      BenchOptions benchOptions,
      BenchReport benchReport,
      ServerProcess serverProcess,
      Side push,
      Side bare)
      throws Exception {
    PushSigner pushSigner = serverProcess.pushSigner();
    warmUp(benchOptions, pushSigner, push, bare);
    Duration turn = benchOptions.span().dividedBy(TURNS);
    for (int i = 0; i < TURNS; i++) {
      SignedRequests signedRequests = sign(pushSigner, turn);
      push.turn(turn, signedRequests);
      signedRequests.rewind();
      bare.turn(turn, signedRequests);
    }
    benchReport.figure(
        benchOptions.callers()
            + " callers: signed pushes stored ("
            + BenchDatabase.name(benchOptions)
            + ")",
        "/s",
        push.perSecond());
    benchReport.figure("bare HTTP server, same requests", "/s", bare.perSecond());
    benchReport.figure(
        "share of the bare server",
        "",
        push.perSecond() / bare.perSecond(),
        new Budget.AtLeast(0.5),
        Optional.empty());
    benchReport.note("pushes, last turn: " + push.last + "; " + push.cpu);
    benchReport.note("bare, last turn:   " + bare.last + "; " + bare.cpu);
  }

  private void warmUp(BenchOptions benchOptions, PushSigner pushSigner, Side push, Side bare)
      throws Exception {
    SignedRequests signedRequests = sign(pushSigner, benchOptions.warmUp());
    push.httpCallers.eager(benchOptions.warmUp(), signedRequests, () -> true, (_, _) -> {});
    signedRequests.rewind();
    bare.httpCallers.eager(benchOptions.warmUp(), signedRequests, () -> true, (_, _) -> {});
  }

  private SignedRequests sign(PushSigner pushSigner, Duration span) {
    int count = (int) (MOST_PER_SECOND * span.toMillis() / 1_000);
    return SignedRequests.sign(pushSigner, count, USERS, clock.instant());
  }
}
