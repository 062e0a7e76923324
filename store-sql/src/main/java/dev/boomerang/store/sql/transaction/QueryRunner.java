// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.jdbc.SqlErrors;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;

/// Runs queries on sessions of their own, which never wait for writers.
public final class QueryRunner {
  private final Transactions transactions;
  private final FailureMonitor monitor;

  public QueryRunner(Transactions transactions, FailureMonitor monitor) {
    this.transactions = transactions;
    this.monitor = monitor;
  }

  public <T> T read(Query<T> query) {
    return answered(() -> transactions.read(query::run));
  }

  /// Runs a query whose statements all see the same snapshot.
  public <T> T readSnapshot(Query<T> query) {
    return answered(() -> transactions.readSnapshot(query::run));
  }

  private <T> T answered(Answer<T> answer) {
    try {
      T found = answer.get();
      monitor.succeeded(1);
      return found;
    } catch (SQLException e) {
      var failure = SqlErrors.failureOf(e);
      monitor.failed(failure, 1, String.valueOf(e.getMessage()));
      throw new StoreException(failure, "the read failed: " + e.getMessage(), e);
    }
  }

  private interface Answer<T> {
    T get() throws SQLException;
  }

  @FunctionalInterface
  public interface Query<T> {
    T run(SqlSession session) throws SQLException;
  }
}
