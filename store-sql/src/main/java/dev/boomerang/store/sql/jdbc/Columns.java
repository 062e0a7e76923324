// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Knows the positions of a statement's result columns by their names. Resolved once per statement,
/// because drivers search their columns anew for each look-up.
final class Columns {
  private final Map<String, Integer> positions;
  private final Map<String, Columns> byPrefix = new HashMap<>();

  private Columns(Map<String, Integer> positions) {
    this.positions = positions;
  }

  static Columns of(ResultSetMetaData metaData) throws SQLException {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      positions.put(metaData.getColumnLabel(i), i);
    }
    return new Columns(positions);
  }

  int position(String name) throws SQLException {
    Integer position = positions.get(name);
    if (position == null) {
      throw new SQLException("the result has no column " + name + ", only " + positions.keySet());
    }
    return position;
  }

  /// Returns the columns whose names begin with a prefix, under the rest of their names.
  Columns withPrefix(String prefix) {
    return byPrefix.computeIfAbsent(
        prefix,
        _ -> {
          Map<String, Integer> rest = new HashMap<>();
          positions.forEach(
              (name, position) -> {
                if (name.startsWith(prefix)) {
                  rest.put(name.substring(prefix.length()), position);
                }
              });
          return new Columns(rest);
        });
  }
}
