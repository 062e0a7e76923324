// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Wraps one connection with its prepared statements, which live as long as it does. Used by one
/// thread at a time.
///
/// Arguments are [String], [Long], [Integer], `byte[]` or null.
public final class SqlSession implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<String, Columns> columns = new HashMap<>();

  public SqlSession(Connection connection) {
    this.connection = connection;
  }

  public Connection connection() {
    return connection;
  }

  /// Returns the prepared statement of this text. Every text is a constant of the program, so there
  /// are few.
  public PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement prepared = connection.prepareStatement(sql);
    statements.put(sql, prepared);
    return prepared;
  }

  public int update(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    return statement.executeUpdate();
  }

  /// Executes the statement once for each row of arguments.
  public void updateEach(String sql, List<Object[]> rows) throws SQLException {
    PreparedStatement statement = prepare(sql);
    for (Object[] row : rows) {
      bind(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  public <T> List<T> query(String sql, RowMapper<T> reader, Object... arguments)
      throws SQLException {
    var found = new ArrayList<T>();
    query(sql, reader, found, arguments);
    return found;
  }

  public <T> void query(String sql, RowMapper<T> reader, List<T> into, Object... arguments)
      throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, arguments);
    read(sql, statement, reader, into);
  }

  /// Executes a statement of [#prepare], whose arguments are set, and returns its rows.
  public <T> List<T> query(String sql, PreparedStatement statement, RowMapper<T> reader)
      throws SQLException {
    var found = new ArrayList<T>();
    read(sql, statement, reader, found);
    return found;
  }

  private <T> void read(String sql, PreparedStatement statement, RowMapper<T> reader, List<T> into)
      throws SQLException {
    try (var rows = statement.executeQuery()) {
      Columns named = columns.get(sql);
      if (named == null) {
        named = Columns.of(rows.getMetaData());
        columns.put(sql, named);
      }
      var row = new Row(rows, named);
      while (rows.next()) {
        into.add(reader.map(row));
      }
    }
  }

  public <T> Optional<T> first(String sql, RowMapper<T> reader, Object... arguments)
      throws SQLException {
    return query(sql, reader, arguments).stream().findFirst();
  }

  /// Executes a statement that runs once and is not worth preparing.
  public void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void bind(PreparedStatement statement, Object[] arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, StoredText.checked(arguments[i]));
    }
  }

  /// Closes the connection, whatever its statements say to being closed before it.
  @Override
  public void close() throws SQLException {
    try (connection) {
      for (PreparedStatement statement : statements.values()) {
        closeQuietly(statement);
      }
    }
  }

  private static void closeQuietly(PreparedStatement statement) {
    try {
      statement.close();
    } catch (SQLException _) {
      // The connection closes what is left.
    }
  }
}
