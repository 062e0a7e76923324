// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.RowMapper;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// Executes a statement per row: best where the database is in the process and a round trip costs
/// nothing. Locks nothing, so there must be one writer.
public final class SqliteBatchSql implements BatchSql {
  /// Lists how many keys one statement looks up. The driver's cost of a statement, which fetches
  /// the name of each column anew, is several times that of finding a row.
  private static final int[] TOGETHER = {256, 16};

  @Override
  public void insert(SqlSession session, Table table, List<Object[]> rows) throws SQLException {
    session.updateEach(
        "INSERT INTO "
            + table.name()
            + " ("
            + String.join(", ", table.columnNames())
            + ") VALUES ("
            + table.columns().stream().map(_ -> "?").collect(Collectors.joining(", "))
            + ")",
        rows);
  }

  @Override
  public void update(
      SqlSession session, Table table, List<String> set, List<String> keys, List<Object[]> rows)
      throws SQLException {
    session.updateEach(
        "UPDATE " + table.name() + " SET " + equal(set, ", ") + " WHERE " + equal(keys, " AND "),
        rows);
  }

  @Override
  public <T> List<T> select(
      SqlSession session,
      Table table,
      List<String> keys,
      List<Object[]> values,
      RowMapper<T> reader)
      throws SQLException {
    String columns = "SELECT " + String.join(", ", table.columnNames());
    String one = columns + " FROM " + table.name() + " WHERE " + equal(keys, " AND ");
    var found = new ArrayList<T>(values.size());
    int at = 0;
    for (int together : TOGETHER) {
      if (values.size() - at >= together) {
        String many = wanted(keys, together) + columns + found(table, keys);
        for (; at + together <= values.size(); at += together) {
          Object[] some =
              values.subList(at, at + together).stream().flatMap(Arrays::stream).toArray();
          session.query(many, reader, found, some);
        }
      }
    }
    for (Object[] value : values.subList(at, values.size())) {
      session.query(one, reader, found, value);
    }
    return found;
  }

  /// Returns the keys as a table of their own. With `CROSS JOIN` SQLite takes them first and then
  /// finds each by index; an `IN` over rows becomes a scan.
  private static String wanted(List<String> keys, int count) {
    String row = "(" + String.join(", ", Collections.nCopies(keys.size(), "?")) + ")";
    return "WITH wanted("
        + String.join(", ", keys.stream().map(key -> "wanted_" + key).toList())
        + ") AS (VALUES "
        + String.join(", ", Collections.nCopies(count, row))
        + ") ";
  }

  private static String found(Table table, List<String> keys) {
    return " FROM wanted CROSS JOIN "
        + table.name()
        + " ON "
        + String.join(" AND ", keys.stream().map(key -> key + " = wanted_" + key).toList());
  }

  @Override
  public <T> List<T> lock(
      SqlSession session,
      Table table,
      List<String> keys,
      List<Object[]> values,
      RowMapper<T> reader)
      throws SQLException {
    return select(session, table, keys, values, reader);
  }

  private static String equal(List<String> columns, String between) {
    return columns.stream().map(column -> column + " = ?").collect(Collectors.joining(between));
  }
}
