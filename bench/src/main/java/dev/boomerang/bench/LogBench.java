// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.load.StoredRegistrations;
import dev.boomerang.bench.message.BenchMessage;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.BenchReport.Budget;
import dev.boomerang.bench.report.LatencyHistogram;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.Store;
import dev.boomerang.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures what a broadcast costs in a store of few and of very many registrations, none of them
/// connected: to accept, to recall (until nobody can take it any more) and to count; and what its
/// receipts cost in time and on disk.
final class LogBench implements Bench {
  private static final int FEW = 10_000;
  private static final int MANY = 1_000_000;
  private static final int RECEIPTS = 10_000;
  private static final int ROUNDS = 30;
  private static final int BATCH = 1_000;
  private static final AppId APP = new AppId("BENCH");

  private final Clock clock = Clock.systemUTC();

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    try (var temporaryFolder = new TemporaryFolder()) {
      measure(temporaryFolder, FEW, benchReport);
      measure(temporaryFolder, Math.min(MANY, benchOptions.million()), benchReport);
    }
  }

  /// Measures broadcasts over a store with so many registrations, each taken by at most [#RECEIPTS]
  /// devices before it is counted and recalled.
  private void measure(TemporaryFolder temporaryFolder, int registrations, BenchReport benchReport)
      throws Exception {
    Path file = temporaryFolder.file("log" + registrations).resolve("boomerang.db");
    try (Store store = SqliteStore.open(file);
        Engine engine = StoredRegistrations.engine(store, clock)) {
      List<RegistrationId> ids = StoredRegistrations.of(APP, clock).register(store, registrations);
      // At random, as devices connect.
      Collections.shuffle(ids);
      String label = "%,d registrations: ".formatted(registrations);
      var accept = new LatencyHistogram();
      var recall = new LatencyHistogram();
      var count = new LatencyHistogram();
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        Task task = push(engine);
        accept.record(System.nanoTime() - begin);
        take(store, task, ids.subList(0, Math.min(RECEIPTS, ids.size())));
        begin = System.nanoTime();
        engine.tasks().view(APP, task.id());
        count.record(System.nanoTime() - begin);
        begin = System.nanoTime();
        recall(engine, task);
        recall.record(System.nanoTime() - begin);
      }
      benchReport.figure(label + "accept, p50", "ms", accept.millis(50));
      benchReport.figure(
          label + "recall, p50", "ms", recall.millis(50), new Budget.AtMost(10), Optional.empty());
      benchReport.figure(label + "count, p50", "ms", count.millis(50));
      growth(store, engine, file, ids, benchReport);
    }
  }

  /// Notes how time and disk grow as ever more devices take one broadcast, and what its recall then
  /// costs.
  private void growth(
      Store store, Engine engine, Path file, List<RegistrationId> ids, BenchReport benchReport)
      throws IOException {
    Task task = push(engine);
    long before = bytes(file);
    int taken = 0;
    for (int upTo : new int[] {FEW, FEW * 10, MANY}) {
      if (upTo > ids.size()) {
        return;
      }
      long begin = System.nanoTime();
      take(store, task, ids.subList(taken, upTo));
      double micros = (System.nanoTime() - begin) / 1e3 / (upTo - taken);
      begin = System.nanoTime();
      engine.tasks().view(APP, task.id());
      double countMillis = (System.nanoTime() - begin) / 1e6;
      begin = System.nanoTime();
      engine.statistics().shares(APP, task.id());
      double sharesMillis = (System.nanoTime() - begin) / 1e6;
      benchReport.note(
          "%,d of %,d registrations took it: %.1f us each, count %.1f ms, by platform %.1f ms,"
                  .formatted(upTo, ids.size(), micros, countMillis, sharesMillis)
              + " file and log %+,d KiB".formatted((bytes(file) - before) / 1_024));
      taken = upTo;
    }
    long begin = System.nanoTime();
    recall(engine, task);
    benchReport.note(
        "recall of a broadcast that %,d registrations have: %.1f ms"
            .formatted(taken, (System.nanoTime() - begin) / 1e6));
  }

  /// Stores that these devices took and acknowledged it, [#BATCH] at a time, as a busy server does.
  private void take(Store store, Task task, List<RegistrationId> ids) {
    for (int at = 0; at < ids.size(); at += BATCH) {
      Instant now = clock.instant();
      List<DeliveryId> some =
          ids.subList(at, Math.min(at + BATCH, ids.size())).stream()
              .map(id -> new DeliveryId(task.id(), id))
              .toList();
      store.deliveries().apply(some.stream().map(id -> new Change(id, new Claimed(now))).toList());
      store.deliveries().apply(some.stream().map(id -> new Change(id, new Arrived(now))).toList());
    }
  }

  private Task push(Engine engine) {
    var push =
        new Push(
            APP,
            "",
            Audience.Everyone.all(Optional.empty()),
            Content.Notification.of("Parcel", BenchMessage.BODY),
            Push.Options.of(Source.of("bench", Source.Kind.BROADCAST), Duration.ofHours(1)));
    return switch (engine.submissions().submit(push)) {
      case SubmitResult.Accepted(Task task) -> task;
      case SubmitResult.Repeated _, SubmitResult.Refused _ ->
          throw new IllegalStateException("a good push was not accepted");
    };
  }

  private static void recall(Engine engine, Task task) {
    RecallResult outcome =
        engine.recalls().recall(APP, task.id(), new Recall.Scope.WholeTask(), "bench");
    if (!(outcome instanceof RecallResult.Active)) {
      throw new IllegalStateException("not recalled: " + outcome);
    }
  }

  /// Returns the size of the database with its write-ahead log, which lie in a folder of their own.
  private static long bytes(Path file) throws IOException {
    long sum = 0;
    try (Stream<Path> all = Files.list(file.toAbsolutePath().getParent())) {
      for (Path each : all.toList()) {
        sum += Files.size(each);
      }
    }
    return sum;
  }
}
