// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.store.sql.Session;
import dev.boomerang.store.sql.Sessions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// A few sessions, handed out the warmest first. They stay open as long as the pool.
final class Pool implements Sessions, AutoCloseable {
  private final Semaphore permits;
  private final int size;
  private final ConcurrentLinkedDeque<Session> idle;
  private volatile boolean closed;

  Pool(List<Session> sessions) {
    this.size = sessions.size();
    this.permits = new Semaphore(size);
    this.idle = new ConcurrentLinkedDeque<>(sessions);
  }

  @Override
  public Session take() throws SQLException {
    permits.acquireUninterruptibly();
    if (closed) {
      permits.release();
      throw new SQLException("the store is closed");
    }
    return idle.pop();
  }

  @Override
  public void giveBack(Session session) {
    idle.push(session);
    permits.release();
  }

  /// Waits for those still in use.
  @Override
  public void close() throws SQLException {
    permits.acquireUninterruptibly(size);
    closed = true;
    permits.release(size);
    for (Session session : drained()) {
      session.close();
    }
  }

  private List<Session> drained() {
    var all = new ArrayList<Session>(idle);
    idle.clear();
    return all;
  }
}
