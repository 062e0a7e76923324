// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/// The database below a [SqlStore]: all in which one differs from another.
public interface Database extends AutoCloseable {

  /// Sessions to write with, in no transaction.
  Sessions writers();

  /// Sessions to read with, in no transaction: every statement sees all that was committed before
  /// it began.
  Sessions readers();

  /// What begins a transaction of a reader whose statements all see the same moment.
  String beginSnapshot();

  /// Begins a transaction that may write. Throws if the session is in one already.
  void begin(Session session) throws SQLException;

  /// Returns what [#committed] needs to know of a transaction that is about to commit. Empty if
  /// nothing is asked of it, or if it wrote nothing.
  OptionalLong transactionId(Session session) throws SQLException;

  /// Commits. Throws if the session is in no transaction.
  void commit(Session session) throws SQLException;

  /// Undoes the open transaction. Throws if the session is in one afterwards.
  void rollback(Session session) throws SQLException;

  /// Returns whether a transaction took effect whose [#commit] threw this. May wait for the
  /// database; empty if it cannot be found out.
  Optional<Boolean> committed(OptionalLong transaction, SQLException fault);

  /// Returns the failure of a check beyond what a write would show, such as no room left.
  Optional<SQLException> ailment();

  /// How many transactions may write at once.
  int lanes();

  Bulk bulk();

  /// How it names a type or table option; see [Schema].
  String word(SchemaWord word);

  /// Makes sure, until the transaction ends, that nobody else changes the schema.
  void lockSchema(Session session) throws SQLException;

  @Override
  void close();

  /// The words of the schema that differ.
  enum SchemaWord {
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
