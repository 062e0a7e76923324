// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.port.StoreListener;
import dev.boomerang.store.sql.jdbc.SqlErrors;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Commits in groups. Callers queue their commands and wait; a writer thread takes all that wait,
/// handles them in one transaction and commits once for all of them. While one commit is under way
/// the next group gathers.
///
/// If a group fails, each of its commands gets a transaction of its own, so that a bad one fails
/// its caller only. An outage fails all of them at once.
public final class Writer implements AutoCloseable {
  private static final int GROUP_WEIGHT = 1_000;
  private static final int ATTEMPTS = 10;
  private static final int OUTAGES_IN_A_ROW = 2;

  private final Transactions transactions;
  private final FailureMonitor monitor;
  private final StoreListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<PendingWrite<?, ?>> queue = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  public Writer(
      Transactions transactions, FailureMonitor monitor, StoreListener listener, int laneCount) {
    this.transactions = transactions;
    this.monitor = monitor;
    this.listener = listener;
    for (int i = 1; i <= laneCount; i++) {
      threads.add(Thread.ofPlatform().name("store-writer-" + i).daemon().start(this::work));
    }
  }

  /// Handles a command and returns after its commit. `weight` is about how many rows it touches.
  public <C, R> R submit(WriteHandler<C, R> writeHandler, C command, int weight) {
    var pendingWrite = new PendingWrite<>(writeHandler, command, weight);
    lock.lock();
    try {
      if (closed) {
        throw new StoreException("the store is closed", new IllegalStateException("closed"));
      }
      queue.add(pendingWrite);
      filled.signal();
    } finally {
      lock.unlock();
    }
    return pendingWrite.await();
  }

  /// Finishes what is queued and refuses what comes later.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread lane : threads) {
      while (lane.isAlive()) {
        try {
          lane.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    for (var group = next(); !group.isEmpty(); group = next()) {
      settle(group);
    }
  }

  /// Returns the next group in order of arrival; empty when closed and done.
  private List<PendingWrite<?, ?>> next() {
    var group = new ArrayList<PendingWrite<?, ?>>();
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      int weight = 0;
      while (weight < GROUP_WEIGHT && !queue.isEmpty()) {
        var pendingWrite = queue.remove();
        weight += pendingWrite.weight();
        group.add(pendingWrite);
      }
    } finally {
      lock.unlock();
    }
    return group;
  }

  /// Runs a group. Whatever happens, callers get an answer and the thread lives on.
  private void settle(List<PendingWrite<?, ?>> group) {
    Optional<Throwable> failed = attempt(group);
    if (failed.isEmpty()) {
      return;
    }
    Throwable fault = failed.get();
    if (group.size() == 1 || !mayBeOfOne(fault)) {
      group.forEach(pendingWrite -> fail(pendingWrite, fault));
    } else {
      oneByOne(group);
    }
  }

  /// Returns whether some of a group may succeed although all together did not.
  private static boolean mayBeOfOne(Throwable fault) {
    return !(fault instanceof Transactions.UnknownOutcomeException)
        && switch (SqlErrors.failureOf(fault)) {
          case FULL, TIMEOUT, OTHER -> true;
          case IO, READ_ONLY, CONNECTION -> false;
        };
  }

  /// Handles each write alone. After two outages in a row the rest is refused without being tried.
  private void oneByOne(List<PendingWrite<?, ?>> group) {
    int inRow = 0;
    Throwable last = new IllegalStateException("nothing failed");
    for (var pendingWrite : group) {
      if (inRow >= OUTAGES_IN_A_ROW) {
        fail(pendingWrite, last);
        continue;
      }
      Optional<Throwable> failed = attempt(List.of(pendingWrite));
      if (failed.isEmpty()) {
        inRow = 0;
      } else {
        last = failed.get();
        fail(pendingWrite, last);
        inRow = SqlErrors.failureOf(last).isOutage() ? inRow + 1 : 0;
      }
    }
  }

  private void fail(PendingWrite<?, ?> pendingWrite, Throwable fault) {
    StoreFailure cause = SqlErrors.failureOf(fault);
    listener.writeFailed(cause);
    monitor.failed(cause, pendingWrite.weight(), String.valueOf(fault.getMessage()));
    pendingWrite.fail(fault);
  }

  /// Returns the failure; empty when all are answered.
  private Optional<Throwable> attempt(List<PendingWrite<?, ?>> group) {
    try {
      carryOut(group);
      return Optional.empty();
    } catch (Throwable fault) {
      return Optional.of(fault);
    }
  }

  private void carryOut(List<PendingWrite<?, ?>> group) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        transact(group);
        return;
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !SqlErrors.isConflict(e)) {
          throw e;
        }
      }
    }
  }

  private void transact(List<PendingWrite<?, ?>> group) throws SQLException {
    var byKind = new LinkedHashMap<WriteHandler<?, ?>, List<PendingWrite<?, ?>>>();
    for (var pendingWrite : group) {
      byKind.computeIfAbsent(pendingWrite.writeHandler(), _ -> new ArrayList<>()).add(pendingWrite);
    }
    List<Runnable> answers =
        transactions.write(
            session -> {
              var each = new ArrayList<Runnable>(byKind.size());
              for (var pendingWrites : byKind.values()) {
                each.add(run(session, pendingWrites));
              }
              return each;
            });
    monitor.succeeded(group.stream().mapToInt(PendingWrite::weight).sum());
    answers.forEach(Runnable::run);
  }

  /// Handles writes of one `WriteHandler`, which therefore have its types.
  @SuppressWarnings("unchecked")
  private static <C, R> Runnable run(SqlSession session, List<PendingWrite<?, ?>> pendingWrites)
      throws SQLException {
    return PendingWrite.run(session, (List<PendingWrite<C, R>>) (List<?>) pendingWrites);
  }
}
