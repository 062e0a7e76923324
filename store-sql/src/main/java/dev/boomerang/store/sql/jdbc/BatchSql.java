// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import dev.boomerang.store.sql.schema.Table;
import java.sql.SQLException;
import java.util.List;

/// Reads and writes many rows in as few steps as the database allows. The column names of a call
/// are constants of the program.
public interface BatchSql {

  /// Inserts rows; each has all columns of the table in order.
  void insert(SqlSession session, Table table, List<Object[]> rows) throws SQLException;

  /// Sets columns in the rows that the keys name. Each row has the values of `set`, then those of
  /// `keys`.
  void update(
      SqlSession session, Table table, List<String> set, List<String> keys, List<Object[]> rows)
      throws SQLException;

  /// Reads the rows, all columns in order, whose `keys` have the values given; in no particular
  /// order.
  <T> List<T> select(
      SqlSession session,
      Table table,
      List<String> keys,
      List<Object[]> values,
      RowMapper<T> reader)
      throws SQLException;

  /// Reads like [#select] and locks what it read until the transaction ends. The values must be
  /// sorted and without repetition, so that no two transactions wait for each other.
  <T> List<T> lock(
      SqlSession session,
      Table table,
      List<String> keys,
      List<Object[]> values,
      RowMapper<T> reader)
      throws SQLException;
}
