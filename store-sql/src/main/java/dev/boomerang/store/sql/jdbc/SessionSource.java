// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import java.sql.SQLException;

/// Lends sessions. Any number of threads may ask at once; those it cannot serve wait.
public interface SessionSource {
  SqlSession acquire() throws SQLException;

  /// Takes back a session that is in no transaction and that nothing failed on. Never throws.
  void release(SqlSession session);

  /// Closes the connection of a session instead, which rolls back whatever it holds open; the next
  /// [#acquire] may open another. After an outage no idle connection is trusted either: a server
  /// that was read-only may still be so for them. Never throws.
  void discard(SqlSession session, boolean afterOutage);
}
