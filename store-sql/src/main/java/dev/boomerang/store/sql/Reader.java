// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.port.StoreException;
import java.sql.SQLException;

/// Reads with sessions of their own, beside the writer and never waiting for it.
final class Reader {
  private final Sessions sessions;
  private final String beginSnapshot;

  Reader(Database database) {
    this.sessions = database.readers();
    this.beginSnapshot = database.beginSnapshot();
  }

  <T> T read(Reading<T> reading) {
    try {
      Session session = sessions.take();
      try {
        return reading.from(session);
      } finally {
        sessions.giveBack(session);
      }
    } catch (SQLException e) {
      throw new StoreException("the read failed: " + e.getMessage(), e);
    }
  }

  /// As [#read]; all of its statements see the same moment.
  <T> T readAtOnce(Reading<T> reading) {
    return read(
        session -> {
          session.execute(beginSnapshot);
          try {
            return reading.from(session);
          } finally {
            session.execute("COMMIT");
          }
        });
  }

  @FunctionalInterface
  interface Reading<T> {
    T from(Session session) throws SQLException;
  }
}
