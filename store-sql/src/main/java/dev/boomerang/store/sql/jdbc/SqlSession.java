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

/// One connection with its prepared statements, kept as long as it is. Used by one thread at a
/// time.
///
/// Arguments are [String], [Long], [Integer], `byte[]` or null.
public final class SqlSession implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  public SqlSession(Connection connection) {
    this.connection = connection;
  }

  public Connection connection() {
    return connection;
  }

  /// The statement of this text. Every text is a constant of the program, so they are few.
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

  /// Does the same with each row of arguments.
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
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        into.add(reader.map(rows));
      }
    }
  }

  public <T> Optional<T> first(String sql, RowMapper<T> reader, Object... arguments)
      throws SQLException {
    return query(sql, reader, arguments).stream().findFirst();
  }

  /// For statements that run once and are not worth keeping.
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
