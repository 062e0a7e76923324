// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.port.StoreException;
import java.sql.SQLException;

/// Reads with sessions of their own, beside the writer and never waiting for it.
final class Reader {
  private final Transactions transactions;
  private final FailureMonitor monitor;

  Reader(Transactions transactions, FailureMonitor monitor) {
    this.transactions = transactions;
    this.monitor = monitor;
  }

  <T> T read(Reading<T> reading) {
    return answered(() -> transactions.read(reading::from));
  }

  /// As [#read]; all of its statements see the same moment.
  <T> T readAtOnce(Reading<T> reading) {
    return answered(() -> transactions.readAtOnce(reading::from));
  }

  private <T> T answered(Answer<T> answer) {
    try {
      T found = answer.get();
      monitor.succeeded(1);
      return found;
    } catch (SQLException e) {
      var failure = Faults.failureOf(e);
      monitor.failed(failure, 1, String.valueOf(e.getMessage()));
      throw new StoreException(failure, "the read failed: " + e.getMessage(), e);
    }
  }

  private interface Answer<T> {
    T get() throws SQLException;
  }

  @FunctionalInterface
  interface Reading<T> {
    T from(Session session) throws SQLException;
  }
}
