// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.AppId;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment;
import dev.boomerang.port.PaceStore;
import dev.boomerang.port.PaceStore.Release;
import dev.boomerang.port.PaceStore.Run;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.port.SegmentStore.Crowd;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Lets paced pushes go at their pace. How far one has got is in the store, so one that a stop
/// interrupted goes on from there; the time in which nobody ran it does not count, so there is no
/// burst. On each node, one at a time; a run is one node's.
public final class Pacing implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// How long a node that is gone keeps its runs from the others.
  private static final Duration LEASE = Duration.ofSeconds(10);

  /// Passes further apart than this did not run meanwhile: the process stood still.
  private static final Duration STANDSTILL = Duration.ofSeconds(5);

  /// A run has been under way since `from`, with `before` behind it by then.
  private record Leg(Instant from, Duration before) {
    Duration run(Instant now) {
      return before.plus(Duration.between(from, now));
    }
  }

  private final PaceStore paces;
  private final Deliveries deliveries;
  private final SegmentStore segments;
  private final Attachments attachments;
  private final int node;
  private final Clock clock;
  private final Map<TaskId, Leg> legs = new HashMap<>();
  private Instant lastPass = Instant.MIN;
  private Optional<Ticker> ticker = Optional.empty();

  Pacing(
      PaceStore paces,
      Deliveries deliveries,
      SegmentStore segments,
      Attachments attachments,
      int node,
      Clock clock) {
    this.paces = paces;
    this.deliveries = deliveries;
    this.segments = segments;
    this.attachments = attachments;
    this.node = node;
    this.clock = clock;
  }

  void start() {
    ticker = Optional.of(Ticker.start("pacing", PAUSE, this::pass));
  }

  /// How many of an app's paced tasks are under way.
  public int running(AppId app) {
    return paces.running(app);
  }

  /// Releases what is due now. May be called at any time, from any thread.
  public synchronized void pass() {
    Instant now = clock.instant();
    if (lastPass.isBefore(now.minus(STANDSTILL))) {
      legs.clear();
    }
    lastPass = now;
    List<Run> runs = paces.lease(node, now, now.plus(LEASE));
    legs.keySet().retainAll(runs.stream().map(Run::task).collect(Collectors.toSet()));
    for (Run run : runs) {
      Leg leg =
          legs.computeIfAbsent(
              run.task(), _ -> new Leg(now, run.pace().run(run.audience(), run.released())));
      long due = run.pace().due(run.audience(), leg.run(now)) - run.released();
      if (due > 0) {
        deliveries
            .release(run.task(), node, (int) Math.min(due, Integer.MAX_VALUE), now)
            .ifPresent(this::nudge);
      }
    }
  }

  /// Those who are here; the others find it when they come.
  private void nudge(Release release) {
    List<RegistrationId> here = attachments.ids(release.run().app());
    for (RegistrationId id : here.isEmpty() ? here : among(release.released(), here)) {
      attachments.of(id).ifPresent(Attachment::nudge);
    }
  }

  /// Whichever are fewer are looked up.
  private Collection<RegistrationId> among(Crowd released, List<RegistrationId> here) {
    return here.size() < released.size()
        ? segments.among(released, here)
        : segments.registrations(released).stream().map(each -> each.id()).toList();
  }

  @Override
  public void close() {
    ticker.ifPresent(Ticker::close);
  }
}
