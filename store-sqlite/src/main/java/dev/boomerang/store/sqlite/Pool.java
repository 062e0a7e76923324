// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.store.sql.Session;
import dev.boomerang.store.sql.Sessions;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// At most so many sessions, opened when they are first needed and handed out the warmest first.
final class Pool implements Sessions, AutoCloseable {
  private final Semaphore permits;
  private final int size;
  private final Opener opener;
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Pool(int size, Opener opener) {
    this.size = size;
    this.permits = new Semaphore(size);
    this.opener = opener;
  }

  @FunctionalInterface
  interface Opener {
    Session open() throws SQLException;
  }

  @Override
  public Session take() throws SQLException {
    permits.acquireUninterruptibly();
    boolean taken = false;
    try {
      if (closed) {
        throw new SQLException("the store is closed");
      }
      Session warm = idle.poll();
      Session session = warm == null ? opener.open() : warm;
      taken = true;
      return session;
    } finally {
      if (!taken) {
        permits.release();
      }
    }
  }

  @Override
  public void giveBack(Session session) {
    idle.push(session);
    permits.release();
  }

  @Override
  public void discard(Session session, boolean afterOutage) {
    try {
      session.close();
    } catch (SQLException _) {
      // Why it is discarded is being told; this would tell nothing new.
    } finally {
      permits.release();
    }
  }

  /// Waits for those still in use.
  @Override
  public void close() throws SQLException {
    permits.acquireUninterruptibly(size);
    closed = true;
    permits.release(size);
    for (Session session = idle.poll(); session != null; session = idle.poll()) {
      session.close();
    }
  }
}
