// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.boomerang.store.sql.Session;
import dev.boomerang.store.sql.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/// Connections of the pool, each for the length of a lease. The driver keeps their prepared
/// statements.
///
/// Who must wait, waits here, in order of arrival: the pool itself would let the lucky pass for
/// seconds on end and keep the processors busy with it.
final class Leases implements Sessions {
  private final HikariDataSource pool;
  private final boolean autoCommit;
  private final Semaphore permits;

  Leases(HikariDataSource pool, int count, boolean autoCommit) {
    this.pool = pool;
    this.permits = new Semaphore(count, true);
    this.autoCommit = autoCommit;
  }

  @Override
  public Session take() throws SQLException {
    permits.acquireUninterruptibly();
    boolean taken = false;
    try {
      Connection connection = pool.getConnection();
      if (connection.getAutoCommit() != autoCommit) {
        connection.setAutoCommit(autoCommit);
      }
      taken = true;
      return new Session(connection);
    } finally {
      if (!taken) {
        permits.release();
      }
    }
  }

  /// A connection that fails here is broken; the pool sees that for itself.
  @Override
  public void giveBack(Session session) {
    try {
      session.close();
    } catch (SQLException _) {
      // See above.
    } finally {
      permits.release();
    }
  }
}
