// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/// Finds out what became of a commit whose answer was lost with its connection: the server knows,
/// by the transaction's number. Source: PostgreSQL, "Transaction ID and Snapshot Information
/// Functions", `txid_status`.
final class CommitStatus {
  private static final String ID = "SELECT txid_current_if_assigned() AS id";
  private static final String STATUS = "SELECT txid_status(?) AS status";

  /// Looks while the server is away or still at it. Each waits for a connection as long as any
  /// caller would.
  private static final int LOOKS = 3;

  private static final int LOOKS_WHILE_IN_PROGRESS = 100;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final HikariDataSource pool;

  CommitStatus(HikariDataSource pool) {
    this.pool = pool;
  }

  /// Returns the number of the session's transaction; empty if it has written nothing.
  static OptionalLong idOf(SqlSession session) throws SQLException {
    return session
        .first(
            ID, row -> row.getOptionalLong("id").map(OptionalLong::of).orElse(OptionalLong.empty()))
        .orElse(OptionalLong.empty());
  }

  /// Returns whether the transaction was committed; empty if the server does not say.
  Optional<Boolean> committed(OptionalLong transaction, SQLException fault) {
    String state = fault.getSQLState();
    boolean answered = state != null && !state.startsWith("08") && !state.startsWith("57P");
    if (answered || transaction.isEmpty()) {
      return Optional.of(false);
    }
    int failed = 0;
    for (int look = 0; look < LOOKS_WHILE_IN_PROGRESS && failed < LOOKS; look++) {
      try {
        // In all other cases the transaction is in progress, or too old to be known.
        String status = status(transaction.getAsLong());
        if (status.equals("committed") || status.equals("aborted")) {
          return Optional.of(status.equals("committed"));
        }
      } catch (SQLException _) {
        failed++;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return Optional.empty();
  }

  private String status(long transaction) throws SQLException {
    try (Connection connection = pool.getConnection();
        var statement = connection.prepareStatement(STATUS)) {
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
      statement.setLong(1, transaction);
      try (var rows = statement.executeQuery()) {
        String status = rows.next() ? rows.getString("status") : null;
        return status == null ? "" : status;
      }
    }
  }
}
