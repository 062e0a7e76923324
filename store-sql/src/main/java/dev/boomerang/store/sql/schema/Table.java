// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.schema;

import java.util.ArrayList;
import java.util.List;

/// Describes a table: its columns in the order in which rows are given and read.
public record Table(String name, List<Column> columns) {

  /// `type` is `bigint`, `integer` or `text`.
  public record Column(String name, String type) {}

  /// Parses columns that are written as `"id bigint"`, `"name text"`, and so on.
  static Table of(String name, String... columns) {
    var list = new ArrayList<Column>();
    for (String column : columns) {
      int space = column.indexOf(' ');
      list.add(new Column(column.substring(0, space), column.substring(space + 1)));
    }
    return new Table(name, List.copyOf(list));
  }

  public Column column(String columnName) {
    for (Column column : columns) {
      if (column.name().equals(columnName)) {
        return column;
      }
    }
    throw new IllegalArgumentException(name + " has no column " + columnName);
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }
}
