// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.lifecycle.DeliveryEvent.TimeUp;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What time alone brings about: expiry, the end of a recall's wait, retention. One pass does all
/// that is due; a thread makes a pass each second.
public final class Housekeeping implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int BATCH = 1_000;
  private static final int CLEARED_AT_ONCE = 200;

  /// How long the fence's memory outlasts a recall. Nothing read from the store is under way longer
  /// than that.
  private static final Duration FENCE_MEMORY = Duration.ofHours(1);

  private final Store store;
  private final Deliveries deliveries;
  private final Devices devices;
  private final Fence fence;
  private final Limits limits;
  private final Clock clock;
  private volatile boolean closing;
  private volatile Thread thread = Thread.currentThread();

  Housekeeping(
      Store store,
      Deliveries deliveries,
      Devices devices,
      Fence fence,
      Limits limits,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.devices = devices;
    this.fence = fence;
    this.limits = limits;
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofVirtual().name("housekeeping").start(this::run);
  }

  private void run() {
    while (!closing) {
      try {
        pass();
      } catch (StoreException e) {
        LOG.log(System.Logger.Level.WARNING, "housekeeping waits for the store", e);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// Does everything that is due now. May be called at any time, from any thread.
  public void pass() {
    Instant now = clock.instant();
    boolean more;
    do {
      List<DeliveryId> due = store.deliveries().due(now, BATCH);
      List<Transition> done =
          deliveries.record(due.stream().map(id -> new Change(id, new TimeUp(now))).toList());
      // A batch that moves nothing would come back for ever.
      more = due.size() == BATCH && done.stream().anyMatch(Transition.Moved.class::isInstance);
    } while (more);
    devices.flushSeen();
    fence.forget(now.minus(FENCE_MEMORY));
    store.tasks().clear(now.minus(limits.retention()), CLEARED_AT_ONCE);
  }

  @Override
  public void close() {
    closing = true;
    if (thread.isVirtual()) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
