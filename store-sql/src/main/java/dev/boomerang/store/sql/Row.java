// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Makes a value of the row a result set stands on.
@FunctionalInterface
public interface Row<T> {
  T read(ResultSet row) throws SQLException;
}
