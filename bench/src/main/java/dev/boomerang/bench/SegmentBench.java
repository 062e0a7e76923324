// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.load.StoredRegistrations;
import dev.boomerang.bench.message.BenchMessage;
import dev.boomerang.bench.process.TemporaryFolder;
import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import dev.boomerang.bench.report.LatencyHistogram;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.model.registration.Segment.All;
import dev.boomerang.model.registration.Segment.Any;
import dev.boomerang.model.registration.Segment.HasTag;
import dev.boomerang.model.registration.Segment.InRegion;
import dev.boomerang.model.registration.Segment.Not;
import dev.boomerang.model.registration.Segment.OnPlatform;
import dev.boomerang.port.Store;
import dev.boomerang.store.sqlite.SqliteStore;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Measures how long it takes to find the registrations that a segment picks among very many
/// registrations, each with three of 10,000 tags, some of them popular, a region of 30 and a
/// platform of three; and to accept a push to a large one.
final class SegmentBench implements Bench {
  private static final int TAGS = 10_000;
  private static final int ROUNDS = 50;
  private static final AppId APP = new AppId("BENCH");

  private final Clock clock = Clock.systemUTC();

  @Override
  public void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception {
    int count = benchOptions.million();
    try (var temporaryFolder = new TemporaryFolder();
        Store store = SqliteStore.open(temporaryFolder.file("segments").resolve("boomerang.db"));
        Engine engine = StoredRegistrations.engine(store, clock)) {
      long begin = System.nanoTime();
      new StoredRegistrations(APP, clock, SegmentBench::profile, SegmentBench::platform)
          .register(store, count);
      double seconds = (System.nanoTime() - begin) / 1e9;
      benchReport.figure(
          "%,d registrations with 5 terms each".formatted(count), "/s", count / seconds);
      for (Map.Entry<String, Segment> shape : shapes().entrySet()) {
        resolve(engine, shape.getKey(), shape.getValue(), benchReport);
      }
      accept(engine, benchReport);
    }
  }

  private static Profile profile(int number) {
    var random = new Random(number);
    // A third of all tags goes to the hundred most popular.
    Set<String> tags =
        Set.of("t" + random.nextInt(100), "u" + random.nextInt(TAGS), "v" + random.nextInt(TAGS));
    return new Profile(
        Optional.empty(), Optional.empty(), tags, Optional.of("r" + random.nextInt(30)));
  }

  private static Platform platform(int number) {
    return switch (number % 3) {
      case 0 -> Platform.IOS;
      case 1 -> Platform.HARMONY;
      default -> Platform.ANDROID;
    };
  }

  private static Map<String, Segment> shapes() {
    var shapes = new LinkedHashMap<String, Segment>();
    shapes.put("one tag", new HasTag("u7"));
    shapes.put(
        "20 tags, any", new Any(IntStream.range(0, 20).mapToObj(i -> tagged("t", i)).toList()));
    shapes.put(
        "JPush's tag, tag_and, tag_not and platforms",
        new All(
            List.of(
                new Any(IntStream.range(0, 20).mapToObj(i -> tagged("u", i)).toList()),
                new HasTag("t1"),
                new Not(new Any(IntStream.range(20, 40).mapToObj(i -> tagged("t", i)).toList())),
                new Any(List.of(new OnPlatform(Platform.ANDROID), new OnPlatform(Platform.IOS))))));
    shapes.put("everyone but one region", new Not(new InRegion("r1")));
    shapes.put(
        "1,000 tags, any",
        new Any(IntStream.range(0, 1_000).mapToObj(i -> tagged("v", i)).toList()));
    return shapes;
  }

  private static Segment tagged(String kind, int number) {
    return new HasTag(kind + number);
  }

  /// Reports how long it takes to count the registrations that `segment` picks.
  private static void resolve(
      Engine engine, String name, Segment segment, BenchReport benchReport) {
    var time = new LatencyHistogram();
    int picked = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      picked = engine.registrations().count(APP, segment);
      time.record(System.nanoTime() - begin);
    }
    benchReport.figure("%s (%,d picked), p50".formatted(name, picked), "ms", time.millis(50));
    benchReport.figure("%s, p99".formatted(name), "ms", time.millis(99));
  }

  private static void accept(Engine engine, BenchReport benchReport) {
    var push =
        new Push(
            APP,
            "",
            new Audience.BySegment(new OnPlatform(Platform.ANDROID)),
            Content.Notification.of("Parcel", BenchMessage.BODY),
            Push.Options.of("bench", Duration.ofHours(1)));
    var time = new LatencyHistogram();
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      if (!(engine.submissions().submit(push) instanceof SubmitResult.Accepted)) {
        throw new IllegalStateException("a good push was not accepted");
      }
      time.record(System.nanoTime() - begin);
    }
    benchReport.figure("accept a push to a third of all, p50", "ms", time.millis(50));
  }
}
