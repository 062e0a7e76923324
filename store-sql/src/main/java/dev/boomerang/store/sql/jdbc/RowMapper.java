// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import java.sql.SQLException;

/// Makes a value of the current row of a result.
@FunctionalInterface
public interface RowMapper<T> {
  T map(Row row) throws SQLException;
}
