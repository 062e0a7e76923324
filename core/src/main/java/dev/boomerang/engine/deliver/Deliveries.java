// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.PacedRunStore.Release;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.TaskStore.AcceptResult;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.AddResult;
import dev.boomerang.port.TaskStore.Addition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Writes delivery states, as the only class that does, and so the only one that reports to the
/// [EngineListener] what moved: single deliveries, broadcasts as a whole, and what a new task
/// overrides. [#apply] waits until the change is durable. [#enqueue] does not wait: it is for what
/// comes again if it is lost, such as a device's acknowledgement.
public final class Deliveries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

  /// The most changes that are written in one step.
  private static final int BATCH = 2_000;

  /// The number of changes enqueued and not yet written above which [#isBackpressured] asks sources
  /// to pause.
  private static final int BACKPRESSURE_LIMIT = 50_000;

  private static final Duration POLL = Duration.ofMillis(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final Duration RETRY = Duration.ofMillis(200);

  private final Store store;
  private final EngineListener listener;
  private final Fence fence;
  private final LinkedBlockingQueue<Change> pending = new LinkedBlockingQueue<>();

  /// The number of changes enqueued since the start, and of those among them that are written.
  private final AtomicLong enqueued = new AtomicLong();

  private final AtomicLong written = new AtomicLong();
  private final Thread writerThread;
  private volatile boolean closing;

  public Deliveries(Store store, EngineListener listener, Fence fence) {
    this.store = store;
    this.listener = listener;
    this.fence = fence;
    this.writerThread = Thread.ofVirtual().name("delivery-writer").start(this::writePending);
  }

  public List<Transition> apply(List<Change> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    List<Transition> transitions = store.deliveries().apply(changes);
    stopRedelivery(changes, transitions);
    transitions.forEach(listener::recorded);
    notifyMoved(TransitionCounts.of(transitions));
    return transitions;
  }

  /// Keeps deliveries from being sent once more that a device has after all: it reconnected, was
  /// given them again, and only then its receipts came. Without this they would go out behind a
  /// newer one that overrode them.
  private void stopRedelivery(List<Change> changes, List<Transition> transitions) {
    for (int i = 0; i < changes.size(); i++) {
      if (transitions.get(i) instanceof Transition.Moved(Sending before, DeliveryState after)
          && before.attempt() > 1
          && !(after instanceof Sending)
          && !(after instanceof Queued)) {
        Change change = changes.get(i);
        fence.shut(change.id().task(), List.of(change.id()), change.event().at());
      }
    }
  }

  public AcceptResult accept(Acceptance acceptance) {
    return acceptAll(List.of(acceptance)).getFirst();
  }

  /// Accepts many pushes in one group of writes; each has its own result, in their order.
  public List<AcceptResult> acceptAll(List<Acceptance> acceptances) {
    List<AcceptResult> acceptResults = store.tasks().acceptAll(acceptances);
    for (AcceptResult acceptResult : acceptResults) {
      switch (acceptResult) {
        case AcceptResult.Stored(var _, TransitionCounts moved) -> notifyMoved(moved);
        case AcceptResult.Duplicate _ -> {}
      }
    }
    return acceptResults;
  }

  public AddResult add(Addition addition) {
    AddResult addResult = store.tasks().add(addition);
    switch (addResult) {
      case AddResult.Stored(var _, var _, TransitionCounts moved) -> notifyMoved(moved);
      case AddResult.Closed _ -> {}
    }
    return addResult;
  }

  public void recallBroadcast(TaskId task, Instant now) {
    notifyMoved(store.broadcasts().recall(task, now));
  }

  public void stopBroadcast(TaskId task, Instant now) {
    notifyMoved(store.broadcasts().stop(task, now));
  }

  public void endBroadcast(TaskId task, Instant now) {
    notifyMoved(store.broadcasts().expire(task, now));
  }

  Optional<Release> release(TaskId task, int node, int count, Instant now) {
    Optional<Release> release = store.pacedRuns().release(task, node, count, now);
    release.map(Release::moved).ifPresent(this::notifyMoved);
    return release;
  }

  private void notifyMoved(TransitionCounts moved) {
    if (!moved.into().isEmpty()) {
      listener.moved(moved);
    }
  }

  /// Adds a change to those that are written in order, within milliseconds. Never blocks.
  void enqueue(Change change) {
    enqueued.incrementAndGet();
    pending.add(change);
  }

  /// Returns whether so many changes wait that sources should stop reading for a while.
  boolean isBackpressured() {
    return enqueued.get() - written.get() > BACKPRESSURE_LIMIT;
  }

  /// Waits until everything enqueued so far is durable. For tests and for a graceful stop.
  public void awaitIdle() {
    awaitWritten(Long.MAX_VALUE);
  }

  /// Waits until what was enqueued before this call is durable, for a second at most, because a
  /// store that is out must not keep devices from connecting. A mailbox is read after it, so that
  /// it does not return what the device has acknowledged.
  void awaitEnqueued() {
    awaitWritten(LONGEST_WAIT.dividedBy(POLL));
  }

  private void awaitWritten(long polls) {
    long upTo = enqueued.get();
    for (long i = 0; i < polls && written.get() < upTo && writerThread.isAlive(); i++) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private void writePending() {
    var batch = new ArrayList<Change>(BATCH);
    while (true) {
      try {
        batch.add(pending.take());
      } catch (InterruptedException _) {
        if (closing && pending.isEmpty()) {
          return;
        }
        continue;
      }
      pending.drainTo(batch, BATCH - 1);
      write(batch);
      written.addAndGet(batch.size());
      batch.clear();
    }
  }

  /// Writes a batch, again and again while the store is out. What it cannot write for a fault of
  /// ours is given up, because the changes of all devices go through this thread.
  private void write(List<Change> batch) {
    while (true) {
      try {
        apply(batch);
        return;
      } catch (StoreException e) {
        if (closing) {
          LOG.log(
              System.Logger.Level.WARNING, "delivery changes lost at stop count=" + batch.size());
          return;
        }
        LOG.log(e.failure().logLevel(), "delivery changes wait for the store", e);
        LockSupport.parkNanos(RETRY.toNanos());
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "delivery changes failed count=" + batch.size(), e);
        return;
      }
    }
  }

  /// Writes what is enqueued; what the store does not take at once is lost, as a power cut would
  /// lose it.
  @Override
  public void close() {
    closing = true;
    awaitIdle();
    writerThread.interrupt();
  }
}
