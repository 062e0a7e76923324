// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import java.sql.SQLException;

/// The database below a [SqlStore]: all in which one differs from another.
public interface Database extends AutoCloseable {

  /// Sessions to write with, not in auto-commit mode.
  Sessions writers();

  /// Sessions to read with, in auto-commit mode: every statement sees all that was committed before
  /// it began.
  Sessions readers();

  /// What begins a transaction of a reader whose statements all see the same moment.
  String beginSnapshot();

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
