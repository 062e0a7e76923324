// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.store.sql.jdbc.Database;
import dev.boomerang.store.sql.jdbc.SessionSource;
import dev.boomerang.store.sql.jdbc.SqlErrors;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/// Runs work in transactions, each on a session of its own, under one rule for whatever fails: the
/// first exception is the one that is told, and the connection is closed. So no connection is used
/// again whose state is not known, and no statement is ever carried out outside a transaction.
public final class Transactions {
  private final Database database;

  public Transactions(Database database) {
    this.database = database;
  }

  @FunctionalInterface
  public interface Work<T> {
    T run(SqlSession session) throws SQLException;
  }

  /// Signals a commit that was sent and not answered, and whose outcome could not be looked up.
  static final class UnknownOutcomeException extends SQLException {
    private static final long serialVersionUID = 1;

    UnknownOutcomeException(SQLException cause) {
      super(
          "the commit was not answered, so nobody knows whether it was made: " + cause.getMessage(),
          cause.getSQLState(),
          cause.getErrorCode(),
          cause);
    }
  }

  /// Returns what the work did once it is committed. What it throws, it did not do; but see
  /// [UnknownOutcomeException].
  public <T> T write(Work<T> work) throws SQLException {
    SessionSource sessionSource = database.writers();
    SqlSession session = sessionSource.acquire();
    T done;
    OptionalLong transaction;
    try {
      database.begin(session);
      done = work.run(session);
      transaction = database.transactionId(session);
    } catch (Throwable fault) {
      undo(session, fault);
      throw fault;
    }
    try {
      database.commit(session);
    } catch (SQLException fault) {
      undo(session, fault);
      if (tookEffect(transaction, fault)) {
        return done;
      }
      throw fault;
    } catch (Throwable fault) {
      undo(session, fault);
      throw fault;
    }
    sessionSource.release(session);
    return done;
  }

  private boolean tookEffect(OptionalLong transaction, SQLException fault) throws SQLException {
    Optional<Boolean> committed = database.wasCommitted(transaction, fault);
    if (committed.isEmpty()) {
      throw new UnknownOutcomeException(fault);
    }
    return committed.get();
  }

  /// Rolls back. A conflict is an everyday answer of a sound connection, which is kept if it rolls
  /// back.
  private void undo(SqlSession session, Throwable fault) {
    boolean sound = false;
    try {
      database.rollback(session);
      sound = fault instanceof SQLException e && SqlErrors.isConflict(e);
    } catch (SQLException | RuntimeException e) {
      fault.addSuppressed(e);
    } finally {
      if (sound) {
        database.writers().release(session);
      } else {
        database.writers().discard(session, SqlErrors.failureOf(fault).isOutage());
      }
    }
  }

  /// Runs a query in which each statement sees its own snapshot.
  <T> T read(Work<T> work) throws SQLException {
    SessionSource sessionSource = database.readers();
    SqlSession session = sessionSource.acquire();
    T found;
    try {
      found = work.run(session);
    } catch (Throwable fault) {
      sessionSource.discard(session, SqlErrors.failureOf(fault).isOutage());
      throw fault;
    }
    sessionSource.release(session);
    return found;
  }

  /// Runs a query whose statements all see the same snapshot.
  <T> T readSnapshot(Work<T> work) throws SQLException {
    return read(
        session -> {
          session.execute(database.beginSnapshot());
          T found = work.run(session);
          session.execute("COMMIT");
          return found;
        });
  }
}
