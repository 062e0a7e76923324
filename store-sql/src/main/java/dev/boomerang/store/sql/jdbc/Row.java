// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Reads the current row of a result by the names of its columns. Valid until the next row.
public final class Row {
  private final ResultSet rows;
  private final Columns columns;

  Row(ResultSet rows, Columns columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /// Returns this row as far as its columns begin with a prefix, under the rest of their names. For
  /// a join of tables that have columns of the same name.
  public Row withPrefix(String prefix) {
    return new Row(rows, columns.withPrefix(prefix));
  }

  public String getString(String column) throws SQLException {
    return rows.getString(columns.position(column));
  }

  public Optional<String> getOptionalString(String column) throws SQLException {
    return Optional.ofNullable(rows.getString(columns.position(column)));
  }

  /// Returns 0 for a column that is null, as do the other methods for numbers.
  public int getInt(String column) throws SQLException {
    return rows.getInt(columns.position(column));
  }

  public long getLong(String column) throws SQLException {
    return rows.getLong(columns.position(column));
  }

  public Optional<Long> getOptionalLong(String column) throws SQLException {
    long value = getLong(column);
    return rows.wasNull() ? Optional.empty() : Optional.of(value);
  }

  /// Reads a condition of a statement.
  public boolean getBoolean(String column) throws SQLException {
    return rows.getBoolean(columns.position(column));
  }

  /// Reads an integer column that holds 0 or 1.
  public boolean getFlag(String column) throws SQLException {
    return getInt(column) == 1;
  }

  /// Reads Unix milliseconds.
  public Instant getInstant(String column) throws SQLException {
    return Instant.ofEpochMilli(getLong(column));
  }

  public Optional<Instant> getOptionalInstant(String column) throws SQLException {
    return getOptionalLong(column).map(Instant::ofEpochMilli);
  }

  public byte[] getBytes(String column) throws SQLException {
    return rows.getBytes(columns.position(column));
  }
}
