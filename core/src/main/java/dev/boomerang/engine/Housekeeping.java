// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.PeriodicTask;
import dev.boomerang.engine.deliver.DeferredDeliveries;
import dev.boomerang.engine.deliver.Deliveries;
import dev.boomerang.engine.deliver.Devices;
import dev.boomerang.engine.deliver.Fence;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Does what time alone brings about: expiry, the end of a recall's wait and of a deferral,
/// retention. One pass does all that is due; a thread makes a pass each second.
public final class Housekeeping implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int BATCH = 1_000;
  private static final int CLEARED_AT_ONCE = 200;

  /// The time for which the fence remembers a recall that has ended. Nothing read from the store is
  /// under way longer than that.
  private static final Duration FENCE_MEMORY = Duration.ofMinutes(10);

  private final Store store;
  private final Deliveries deliveries;
  private final DeferredDeliveries deferredDeliveries;
  private final Devices devices;
  private final Fence fence;
  private final Limits limits;
  private final Clock clock;
  private Optional<PeriodicTask> periodicTask = Optional.empty();

  Housekeeping(
      Store store,
      Deliveries deliveries,
      DeferredDeliveries deferredDeliveries,
      Devices devices,
      Fence fence,
      Limits limits,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.deferredDeliveries = deferredDeliveries;
    this.devices = devices;
    this.fence = fence;
    this.limits = limits;
    this.clock = clock;
  }

  void start() {
    periodicTask = Optional.of(PeriodicTask.start("housekeeping", PAUSE, this::runOnce));
  }

  /// Does everything that is due now. May be called at any time, from any thread.
  public void runOnce() {
    Instant now = clock.instant();
    boolean more;
    do {
      List<DeliveryId> due = store.deliveries().due(now, BATCH);
      List<Transition> done =
          deliveries.apply(
              due.stream().map(id -> new Change(id, new DeadlinePassed(now))).toList());
      // A batch that moves nothing would come back for ever.
      more = due.size() == BATCH && done.stream().anyMatch(Transition.Moved.class::isInstance);
    } while (more);
    deferredDeliveries.releaseDue(now);
    for (TaskId broadcast : store.broadcasts().due(now, BATCH)) {
      deliveries.endBroadcast(broadcast, now);
    }
    devices.flushLastSeen();
    fence.forget(now.minus(FENCE_MEMORY));
    store.tasks().purge(now.minus(limits.retention()), CLEARED_AT_ONCE);
    store.schedules().purge(now.minus(limits.retention()), CLEARED_AT_ONCE);
    store.uploads().purge(now, CLEARED_AT_ONCE);
    store.registrations().clearRemoved(now.minus(limits.removedIds()), CLEARED_AT_ONCE);
  }

  @Override
  public void close() {
    periodicTask.ifPresent(PeriodicTask::close);
  }
}
