// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.store.sql.jdbc.SessionSource;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// Lends at most `size` sessions, opened when they are first needed, the most recently used first.
final class SqliteSessionPool implements SessionSource, AutoCloseable {
  private final Semaphore permits;
  private final int size;
  private final Opener opener;
  private final ConcurrentLinkedDeque<SqlSession> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  SqliteSessionPool(int size, Opener opener) {
    this.size = size;
    this.permits = new Semaphore(size);
    this.opener = opener;
  }

  @FunctionalInterface
  interface Opener {
    SqlSession open() throws SQLException;
  }

  @Override
  public SqlSession acquire() throws SQLException {
    permits.acquireUninterruptibly();
    boolean taken = false;
    try {
      if (closed) {
        throw new SQLException("the store is closed");
      }
      SqlSession warm = idle.poll();
      SqlSession session = warm == null ? opener.open() : warm;
      taken = true;
      return session;
    } finally {
      if (!taken) {
        permits.release();
      }
    }
  }

  @Override
  public void release(SqlSession session) {
    idle.push(session);
    permits.release();
  }

  @Override
  public void discard(SqlSession session, boolean afterOutage) {
    try {
      session.close();
    } catch (SQLException _) {
      // The cause of the discard is reported already; this would add nothing.
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
    for (SqlSession session = idle.poll(); session != null; session = idle.poll()) {
      session.close();
    }
  }
}
