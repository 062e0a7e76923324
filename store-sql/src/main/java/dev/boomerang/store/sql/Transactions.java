// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/// Runs work in transactions, each on a session of its own, under one rule for whatever fails: the
/// first exception is the one that is told, and the connection is closed. So no connection is used
/// again whose state is not known, and no statement is ever carried out outside a transaction.
final class Transactions {
  private final Database database;

  Transactions(Database database) {
    this.database = database;
  }

  @FunctionalInterface
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /// A commit that was sent and not answered, and that could not be looked up.
  static final class UnknownOutcome extends SQLException {
    private static final long serialVersionUID = 1;

    UnknownOutcome(SQLException cause) {
      super(
          "the commit was not answered, so nobody knows whether it was made: " + cause.getMessage(),
          cause.getSQLState(),
          cause.getErrorCode(),
          cause);
    }
  }

  /// Returns what the work did once it is committed. What it throws, it did not do; but see
  /// [UnknownOutcome].
  <T> T write(Work<T> work) throws SQLException {
    Sessions sessions = database.writers();
    Session session = sessions.take();
    T done;
    OptionalLong transaction;
    try {
      database.begin(session);
      done = work.in(session);
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
    sessions.giveBack(session);
    return done;
  }

  private boolean tookEffect(OptionalLong transaction, SQLException fault) throws SQLException {
    Optional<Boolean> committed = database.committed(transaction, fault);
    if (committed.isEmpty()) {
      throw new UnknownOutcome(fault);
    }
    return committed.get();
  }

  /// A lost race is an everyday answer of a sound connection, which is kept if it rolls back.
  private void undo(Session session, Throwable fault) {
    boolean sound = false;
    try {
      database.rollback(session);
      sound = fault instanceof SQLException e && Faults.isRace(e);
    } catch (SQLException | RuntimeException e) {
      fault.addSuppressed(e);
    } finally {
      if (sound) {
        database.writers().giveBack(session);
      } else {
        database.writers().discard(session, Faults.failureOf(fault).isOutage());
      }
    }
  }

  /// Returns what was read, each statement by itself.
  <T> T read(Work<T> work) throws SQLException {
    Sessions sessions = database.readers();
    Session session = sessions.take();
    T found;
    try {
      found = work.in(session);
    } catch (Throwable fault) {
      sessions.discard(session, Faults.failureOf(fault).isOutage());
      throw fault;
    }
    sessions.giveBack(session);
    return found;
  }

  /// As [#read]; all statements see the same moment.
  <T> T readAtOnce(Work<T> work) throws SQLException {
    return read(
        session -> {
          session.execute(database.beginSnapshot());
          T found = work.in(session);
          session.execute("COMMIT");
          return found;
        });
  }
}
