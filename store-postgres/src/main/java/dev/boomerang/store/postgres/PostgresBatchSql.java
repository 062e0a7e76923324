// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.RowMapper;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.jdbc.StoredText;
import dev.boomerang.store.sql.schema.Table;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Executes one statement for any number of rows: each column travels as one array, and `unnest`
/// turns the arrays into rows again.
final class PostgresBatchSql implements BatchSql {

  @Override
  public void insert(SqlSession session, Table table, List<Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    List<String> columns = table.columnNames();
    String sql =
        "INSERT INTO "
            + table.name()
            + " ("
            + String.join(", ", columns)
            + ") SELECT * FROM "
            + arrays(table, columns);
    execute(session, sql, table, columns, rows);
  }

  @Override
  public void update(
      SqlSession session, Table table, List<String> set, List<String> keys, List<Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    var columns = new ArrayList<>(set);
    columns.addAll(keys);
    String sql =
        "UPDATE "
            + table.name()
            + " AS t SET "
            + set.stream().map(it -> it + " = k." + it).collect(Collectors.joining(", "))
            + " FROM "
            + arrays(table, columns)
            + " WHERE "
            + equal(keys);
    execute(session, sql, table, columns, rows);
  }

  @Override
  public <T> List<T> select(
      SqlSession session,
      Table table,
      List<String> keys,
      List<Object[]> values,
      RowMapper<T> reader)
      throws SQLException {
    return select(session, table, keys, values, reader, "");
  }

  @Override
  public <T> List<T> lock(
      SqlSession session,
      Table table,
      List<String> keys,
      List<Object[]> values,
      RowMapper<T> reader)
      throws SQLException {
    String ordered = keys.stream().map(key -> "t." + key).collect(Collectors.joining(", "));
    return select(
        session, table, keys, values, reader, " ORDER BY " + ordered + " FOR UPDATE OF t");
  }

  private static <T> List<T> select(
      SqlSession session,
      Table table,
      List<String> keys,
      List<Object[]> values,
      RowMapper<T> reader,
      String ending)
      throws SQLException {
    if (values.isEmpty()) {
      return List.of();
    }
    String sql =
        "SELECT t."
            + String.join(", t.", table.columnNames())
            + " FROM "
            + arrays(table, keys)
            + " JOIN "
            + table.name()
            + " AS t ON "
            + equal(keys)
            + ending;
    PreparedStatement statement = session.prepare(sql);
    bind(session, statement, table, keys, values);
    return session.query(sql, statement, reader);
  }

  private static void execute(
      SqlSession session, String sql, Table table, List<String> columns, List<Object[]> rows)
      throws SQLException {
    PreparedStatement statement = session.prepare(sql);
    bind(session, statement, table, columns, rows);
    statement.executeUpdate();
  }

  private static void bind(
      SqlSession session,
      PreparedStatement statement,
      Table table,
      List<String> columns,
      List<Object[]> rows)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      var values = new Object[rows.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = StoredText.checked(rows.get(row)[i]);
      }
      String type = table.column(columns.get(i)).type();
      Array array = session.connection().createArrayOf(type, values);
      statement.setArray(i + 1, array);
    }
  }

  private static String arrays(Table table, List<String> columns) {
    return "unnest("
        + columns.stream()
            .map(column -> "?::" + table.column(column).type() + "[]")
            .collect(Collectors.joining(", "))
        + ") AS k ("
        + String.join(", ", columns)
        + ")";
  }

  private static String equal(List<String> keys) {
    return keys.stream()
        .map(key -> "t." + key + " = k." + key)
        .collect(Collectors.joining(" AND "));
  }
}
