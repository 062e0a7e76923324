// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A statement per row: best where the database is in the process and there is no way to save.
/// Locks nothing, so there must be one writer.
public final class OneByOne implements Bulk {

  @Override
  public void insert(Session session, Table table, List<Object[]> rows) throws SQLException {
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
      Session session, Table table, List<String> set, List<String> keys, List<Object[]> rows)
      throws SQLException {
    session.updateEach(
        "UPDATE " + table.name() + " SET " + equal(set, ", ") + " WHERE " + equal(keys, " AND "),
        rows);
  }

  @Override
  public <T> List<T> select(
      Session session, Table table, List<String> keys, List<Object[]> values, Row<T> reader)
      throws SQLException {
    String sql =
        "SELECT "
            + String.join(", ", table.columnNames())
            + " FROM "
            + table.name()
            + " WHERE "
            + equal(keys, " AND ");
    var found = new ArrayList<T>(values.size());
    for (Object[] value : values) {
      session.query(sql, reader, found, value);
    }
    return found;
  }

  @Override
  public <T> List<T> lock(
      Session session, Table table, List<String> keys, List<Object[]> values, Row<T> reader)
      throws SQLException {
    return select(session, table, keys, values, reader);
  }

  private static String equal(List<String> columns, String between) {
    return columns.stream().map(column -> column + " = ?").collect(Collectors.joining(between));
  }
}
