// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.lifecycle.Transition;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The only writer of delivery states. [#record] waits until the change is durable; [#note] does
/// not wait: it is for word that will come again if it is lost, such as a device's acknowledgement.
final class Deliveries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

  /// Changes written in one go.
  private static final int BATCH = 2_000;

  /// Noted and not yet written beyond which [#crowded] asks sources to pause.
  private static final int CROWD = 50_000;

  private static final Duration RETRY = Duration.ofMillis(200);

  private final DeliveryStore store;
  private final EngineListener listener;
  private final LinkedBlockingQueue<Change> noted = new LinkedBlockingQueue<>();
  private final AtomicInteger unwritten = new AtomicInteger();
  private final Thread drain;
  private volatile boolean closing;

  Deliveries(DeliveryStore store, EngineListener listener) {
    this.store = store;
    this.listener = listener;
    this.drain = Thread.ofVirtual().name("noted-changes").start(this::drain);
  }

  List<Transition> record(List<Change> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    List<Transition> transitions = store.record(changes);
    transitions.forEach(listener::recorded);
    return transitions;
  }

  /// Never blocks. Noted changes are written in order, within milliseconds.
  void note(Change change) {
    unwritten.incrementAndGet();
    noted.add(change);
  }

  /// Whether so much is noted that sources should stop reading for a while.
  boolean crowded() {
    return unwritten.get() > CROWD;
  }

  /// Waits until everything noted so far is durable. For tests and for a graceful stop.
  void settle() {
    while (unwritten.get() > 0 && drain.isAlive()) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  private void drain() {
    var batch = new ArrayList<Change>(BATCH);
    while (true) {
      try {
        batch.add(noted.take());
      } catch (InterruptedException _) {
        if (closing && noted.isEmpty()) {
          return;
        }
        continue;
      }
      noted.drainTo(batch, BATCH - 1);
      write(batch);
      unwritten.addAndGet(-batch.size());
      batch.clear();
    }
  }

  /// The root of the thread: what it cannot write for a fault of ours is given up, for all devices'
  /// words come by it.
  private void write(List<Change> batch) {
    while (true) {
      try {
        record(batch);
        return;
      } catch (StoreException e) {
        if (closing) {
          LOG.log(System.Logger.Level.WARNING, "noted changes lost at stop count=" + batch.size());
          return;
        }
        LOG.log(e.failure().logLevel(), "noted changes wait for the store", e);
        LockSupport.parkNanos(RETRY.toNanos());
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "noted changes failed count=" + batch.size(), e);
        return;
      }
    }
  }

  /// Writes down what is noted; what the store does not take at once is lost, as a power cut would
  /// lose it.
  @Override
  public void close() {
    closing = true;
    settle();
    drain.interrupt();
  }
}
