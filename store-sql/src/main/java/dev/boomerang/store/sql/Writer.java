// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.port.StoreException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Group commit. Callers queue their commands and wait; a lane takes all that wait, carries them
/// out in one transaction and commits once for all of them. While one commit is under way the next
/// group gathers.
///
/// If a group fails, each of its commands gets a transaction of its own, so that a bad one fails
/// its caller only.
final class Writer implements AutoCloseable {
  private static final int GROUP_WEIGHT = 1_000;
  private static final int ATTEMPTS = 10;

  private final Sessions sessions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Ticket<?, ?>> queue = new ArrayDeque<>();
  private final List<Thread> lanes = new ArrayList<>();
  private boolean closed;

  Writer(Sessions sessions, int laneCount) {
    this.sessions = sessions;
    for (int i = 1; i <= laneCount; i++) {
      lanes.add(Thread.ofPlatform().name("store-writer-" + i).daemon().start(this::work));
    }
  }

  /// Has a command carried out; returns after its commit. `weight` is about how many rows it
  /// touches.
  <C, R> R submit(Write<C, R> write, C command, int weight) {
    var ticket = new Ticket<>(write, command, weight);
    lock.lock();
    try {
      if (closed) {
        throw new StoreException("the store is closed", new IllegalStateException("closed"));
      }
      queue.add(ticket);
      filled.signal();
    } finally {
      lock.unlock();
    }
    return ticket.await();
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
    for (Thread lane : lanes) {
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

  /// The next group in order of arrival; empty when closed and done.
  private List<Ticket<?, ?>> next() {
    var group = new ArrayList<Ticket<?, ?>>();
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      int weight = 0;
      while (weight < GROUP_WEIGHT && !queue.isEmpty()) {
        var ticket = queue.remove();
        weight += ticket.weight();
        group.add(ticket);
      }
    } finally {
      lock.unlock();
    }
    return group;
  }

  /// The root of a lane: whatever happens, callers get an answer and the lane lives on.
  private void settle(List<Ticket<?, ?>> group) {
    try {
      carryOut(group);
    } catch (Throwable fault) {
      if (group.size() == 1 || (fault instanceof SQLException e && Faults.isOutage(e))) {
        group.forEach(ticket -> ticket.fail(fault));
      } else {
        group.forEach(ticket -> settle(List.of(ticket)));
      }
    }
  }

  private void carryOut(List<Ticket<?, ?>> group) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        transact(group);
        return;
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !Faults.isRace(e)) {
          throw e;
        }
      }
    }
  }

  private void transact(List<Ticket<?, ?>> group) throws SQLException {
    var byKind = new LinkedHashMap<Write<?, ?>, List<Ticket<?, ?>>>();
    for (var ticket : group) {
      byKind.computeIfAbsent(ticket.write(), _ -> new ArrayList<>()).add(ticket);
    }
    var answers = new ArrayList<Runnable>(byKind.size());
    Session session = sessions.take();
    try {
      boolean committed = false;
      try {
        for (var tickets : byKind.values()) {
          answers.add(run(session, tickets));
        }
        session.connection().commit();
        committed = true;
      } finally {
        if (!committed) {
          session.connection().rollback();
        }
      }
    } finally {
      sessions.giveBack(session);
    }
    answers.forEach(Runnable::run);
  }

  /// All these tickets came under one `Write`, so they have its types.
  @SuppressWarnings("unchecked")
  private static <C, R> Runnable run(Session session, List<Ticket<?, ?>> tickets)
      throws SQLException {
    return Ticket.run(session, (List<Ticket<C, R>>) (List<?>) tickets);
  }
}
