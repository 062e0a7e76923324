// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/// The database below a [SqlStore][dev.boomerang.store.sql.SqlStore]: all in which one differs from
/// another.
public interface Database extends AutoCloseable {

  /// Sessions to write with, in no transaction.
  SessionSource writers();

  /// Sessions to read with, in no transaction: every statement sees all that was committed before
  /// it began.
  SessionSource readers();

  /// What begins a transaction of a reader whose statements all see the same moment.
  String beginSnapshot();

  /// Begins a transaction that may write. Throws if the session is in one already.
  void begin(SqlSession session) throws SQLException;

  /// Returns what [#wasCommitted] needs to know of a transaction that is about to commit. Empty if
  /// nothing is asked of it, or if it wrote nothing.
  OptionalLong transactionId(SqlSession session) throws SQLException;

  /// Commits. Throws if the session is in no transaction.
  void commit(SqlSession session) throws SQLException;

  /// Undoes the open transaction. Throws if the session is in one afterwards.
  void rollback(SqlSession session) throws SQLException;

  /// Returns whether a transaction took effect whose [#commit] threw this. May wait for the
  /// database; empty if it cannot be found out.
  Optional<Boolean> wasCommitted(OptionalLong transaction, SQLException fault);

  /// Returns the failure of a check beyond what a write would show, such as no room left.
  Optional<SQLException> checkHealth();

  /// How many transactions may write at once.
  int writerThreads();

  BatchSql batchSql();

  /// How it names a type or table option; see
  /// [SchemaMigration][dev.boomerang.store.sql.migration.SchemaMigration].
  String spelling(SchemaPlaceholder word);

  /// Makes sure, until the transaction ends, that nobody else changes the schema.
  void lockSchema(SqlSession session) throws SQLException;

  @Override
  void close();

  /// The words of the schema that differ.
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
