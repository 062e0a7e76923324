// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.engine.base.PeriodicTask;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection;
import dev.boomerang.port.PacedRunStore;
import dev.boomerang.port.PacedRunStore.PacedRun;
import dev.boomerang.port.PacedRunStore.Release;
import dev.boomerang.port.SegmentStore;
import dev.boomerang.port.SegmentStore.RegistrationSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sends paced pushes at their send rate. How far one has got is in the store, so one that a stop
/// of the process interrupted goes on from there; the time in which nobody ran it does not count,
/// so there is no burst. Each node runs one pass at a time, and a run belongs to one node.
public final class PacedSending implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// The time for which a node that is gone keeps its runs from the others.
  private static final Duration LEASE = Duration.ofSeconds(10);

  /// The pause between two passes beyond which nothing ran meanwhile: the process stood still.
  private static final Duration STANDSTILL = Duration.ofSeconds(5);

  /// Times a run: it has been under way since `from`, and had run for `before` by then.
  private record Stopwatch(Instant from, Duration before) {
    Duration run(Instant now) {
      return before.plus(Duration.between(from, now));
    }
  }

  private final PacedRunStore pacedRuns;
  private final Deliveries deliveries;
  private final SegmentStore segments;
  private final Connections connections;
  private final int node;
  private final Clock clock;
  private final Map<TaskId, Stopwatch> stopwatches = new HashMap<>();
  private Instant lastPass = Instant.MIN;
  private Optional<PeriodicTask> periodicTask = Optional.empty();

  public PacedSending(
      PacedRunStore pacedRuns,
      Deliveries deliveries,
      SegmentStore segments,
      Connections connections,
      int node,
      Clock clock) {
    this.pacedRuns = pacedRuns;
    this.deliveries = deliveries;
    this.segments = segments;
    this.connections = connections;
    this.node = node;
    this.clock = clock;
  }

  public void start() {
    periodicTask = Optional.of(PeriodicTask.start("pacing", PAUSE, this::runOnce));
  }

  /// Returns how many of an app's paced tasks are under way.
  public int running(AppId app) {
    return pacedRuns.running(app);
  }

  /// Releases what is due now. It may be called at any time, from any thread.
  public synchronized void runOnce() {
    Instant now = clock.instant();
    if (lastPass.isBefore(now.minus(STANDSTILL))) {
      stopwatches.clear();
    }
    lastPass = now;
    List<PacedRun> leased = pacedRuns.lease(node, now, now.plus(LEASE));
    stopwatches.keySet().retainAll(leased.stream().map(PacedRun::task).collect(Collectors.toSet()));
    for (PacedRun pacedRun : leased) {
      Stopwatch stopwatch =
          stopwatches.computeIfAbsent(
              pacedRun.task(),
              _ ->
                  new Stopwatch(
                      now, pacedRun.sendRate().elapsed(pacedRun.audience(), pacedRun.released())));
      long due =
          pacedRun.sendRate().due(pacedRun.audience(), stopwatch.run(now)) - pacedRun.released();
      if (due > 0) {
        deliveries
            .release(pacedRun.task(), node, (int) Math.min(due, Integer.MAX_VALUE), now)
            .ifPresent(this::notifyConnected);
      }
    }
  }

  /// Tells the devices that are connected to read their mailboxes; the others find it when they
  /// connect.
  private void notifyConnected(Release release) {
    List<RegistrationId> here = connections.ids(release.pacedRun().app());
    for (RegistrationId id : here.isEmpty() ? here : among(release.released(), here)) {
      connections.of(id).ifPresent(DeviceConnection::mailboxChanged);
    }
  }

  /// Returns the connected registrations that were released; whichever of the two are fewer are
  /// looked up.
  private Collection<RegistrationId> among(RegistrationSet released, List<RegistrationId> here) {
    return here.size() < released.size()
        ? segments.intersect(released, here)
        : segments.registrations(released).stream().map(each -> each.id()).toList();
  }

  @Override
  public void close() {
    periodicTask.ifPresent(PeriodicTask::close);
  }
}
