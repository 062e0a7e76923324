// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Holds what must not leave this node any more. The store knows it for good; this is the part that
/// writers ask at the very moment of writing, so that no write can slip past a recall that has
/// returned.
///
/// A write holds the read side of its task's stripe; a recall passes through the write side once.
/// When [#shut] returns, every earlier write is on the wire, and every later one is refused.
public final class Fence {
  private static final int STRIPES = 64;

  private final ReadWriteLock[] stripes = new ReadWriteLock[STRIPES];
  private final Map<TaskId, Instant> tasks = new ConcurrentHashMap<>();
  private final Map<DeliveryId, Instant> deliveries = new ConcurrentHashMap<>();

  public Fence() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantReadWriteLock();
    }
  }

  /// Runs `write`, which must not block, unless the delivery was shut. Returns whether it ran.
  public boolean pass(DeliveryId id, Runnable write) {
    Lock open = stripe(id.task()).readLock();
    open.lock();
    try {
      if (tasks.containsKey(id.task()) || deliveries.containsKey(id)) {
        return false;
      }
      write.run();
      return true;
    } finally {
      open.unlock();
    }
  }

  public void shut(TaskId task, Instant now) {
    Lock closing = stripe(task).writeLock();
    closing.lock();
    try {
      tasks.put(task, now);
    } finally {
      closing.unlock();
    }
  }

  /// Shuts deliveries of one task.
  public void shut(TaskId task, Collection<DeliveryId> ids, Instant now) {
    Lock closing = stripe(task).writeLock();
    closing.lock();
    try {
      ids.forEach(id -> deliveries.put(id, now));
    } finally {
      closing.unlock();
    }
  }

  /// Forgets what was shut before `limit`. By then the store's states alone keep it from being
  /// sent: nothing read from the store before the recall is still on its way to a session.
  public void forget(Instant limit) {
    tasks.values().removeIf(shut -> shut.isBefore(limit));
    deliveries.values().removeIf(shut -> shut.isBefore(limit));
  }

  private ReadWriteLock stripe(TaskId task) {
    return stripes[Math.floorMod(Long.hashCode(task.value() * 0x9E3779B97F4A7C15L), STRIPES)];
  }
}
