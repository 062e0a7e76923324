// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.port.StoreException;
import java.sql.SQLException;

/// Reads with sessions of their own, beside the writer and never waiting for it.
final class Reader {
  private final Sessions sessions;

  Reader(Sessions sessions) {
    this.sessions = sessions;
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

  @FunctionalInterface
  interface Reading<T> {
    T from(Session session) throws SQLException;
  }
}
