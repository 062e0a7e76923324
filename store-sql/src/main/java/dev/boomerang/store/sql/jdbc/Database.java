// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/// Describes all in which one database differs from another.
public interface Database extends AutoCloseable {

  /// Returns the sessions for writing, which are in no transaction.
  SessionSource writers();

  /// Returns the sessions for reading, which are in no transaction: every statement sees all that
  /// was committed before it began.
  SessionSource readers();

  /// Returns the statement that begins a transaction of a reader whose statements all see the same
  /// snapshot.
  String beginSnapshot();

  /// Begins a transaction that may write. Throws if the session is in one already.
  void begin(SqlSession session) throws SQLException;

  /// Returns what [#wasCommitted] needs to know of a transaction that is about to commit. Empty if
  /// nothing is asked of it, or if it wrote nothing.
  OptionalLong transactionId(SqlSession session) throws SQLException;

  /// Commits. Throws if the session is in no transaction.
  void commit(SqlSession session) throws SQLException;

  /// Rolls the open transaction back. Throws if the session is still in one afterwards.
  void rollback(SqlSession session) throws SQLException;

  /// Returns whether a transaction took effect whose [#commit] threw this. May wait for the
  /// database; empty if it cannot be found out.
  Optional<Boolean> wasCommitted(OptionalLong transaction, SQLException fault);

  /// Returns the failure of a check beyond what a write would show, such as no room left.
  Optional<SQLException> checkHealth();

  /// Returns how many transactions may write at once.
  int writerThreads();

  BatchSql batchSql();

  /// Returns how this database spells a type or a table option of the schema.
  String spelling(SchemaPlaceholder word);

  /// Locks the schema against changes by others until the transaction ends.
  void lockSchema(SqlSession session) throws SQLException;

  @Override
  void close();

  /// Names the placeholders of the schema that databases spell differently.
  enum SchemaPlaceholder {
    /// A 64-bit number.
    LONG,
    /// Bytes of any length.
    BYTES,
    /// A text compared byte by byte.
    KEY,
    /// After a table's columns: it is stored in the order of its primary key, if that can be had.
    CLUSTERED
  }
}
