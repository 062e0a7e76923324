// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.boomerang.store.sql.jdbc.SessionSource;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// Connections of the pool, each for the length of a lease. The driver keeps their prepared
/// statements.
///
/// Who must wait, waits here, in order of arrival, as long as the pool would let it: the pool
/// itself would let the lucky pass for seconds on end and keep the processors busy with it.
final class PostgresSessionPool implements SessionSource {
  private final HikariDataSource pool;
  private final boolean autoCommit;
  private final Semaphore permits;
  private final Duration patience;
  private final UnaryOperator<Connection> connections;

  /// Holds the pool's connection of each session that is lent.
  private final Map<SqlSession, Connection> leased = new ConcurrentHashMap<>();

  /// `connections` may put something before each connection that it is given.
  PostgresSessionPool(
      HikariDataSource pool,
      int count,
      boolean autoCommit,
      Duration patience,
      UnaryOperator<Connection> connections) {
    this.pool = pool;
    this.permits = new Semaphore(count, true);
    this.autoCommit = autoCommit;
    this.patience = patience;
    this.connections = connections;
  }

  @Override
  public SqlSession acquire() throws SQLException {
    acquirePermit();
    boolean taken = false;
    try {
      Connection connection = pool.getConnection();
      boolean ready = false;
      try {
        if (connection.getAutoCommit() != autoCommit) {
          connection.setAutoCommit(autoCommit);
        }
        ready = true;
      } finally {
        if (!ready) {
          pool.evictConnection(connection);
        }
      }
      var session = new SqlSession(connections.apply(connection));
      leased.put(session, connection);
      taken = true;
      return session;
    } finally {
      if (!taken) {
        permits.release();
      }
    }
  }

  /// Waits whatever interrupts, but not for ever.
  private void acquirePermit() throws SQLException {
    boolean interrupted = false;
    boolean acquired = false;
    try {
      while (!acquired) {
        try {
          if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new SQLTransientConnectionException(
                "no connection is free for " + patience.toMillis() + " ms");
          }
          acquired = true;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// A connection that fails here is broken; the pool sees that for itself.
  @Override
  public void release(SqlSession session) {
    leased.remove(session);
    try {
      session.close();
    } catch (SQLException _) {
      // See above.
    } finally {
      permits.release();
    }
  }

  /// Has the pool close the connection to the server at once, and open another when it needs one.
  @Override
  public void discard(SqlSession session, boolean afterOutage) {
    Connection connection = leased.remove(session);
    if (afterOutage) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    if (connection != null) {
      pool.evictConnection(connection);
    }
    permits.release();
  }
}
