// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Makes a value of the row a result set stands on.
@FunctionalInterface
public interface RowMapper<T> {
  T map(ResultSet row) throws SQLException;
}
