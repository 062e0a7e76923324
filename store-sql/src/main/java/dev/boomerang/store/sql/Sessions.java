// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import java.sql.SQLException;

/// Where sessions come from, and go back to. Any number of threads may ask at once; those it cannot
/// serve wait.
public interface Sessions {
  Session take() throws SQLException;

  /// Takes a session back. Never throws: whether it is still of use shows when it is used next.
  void giveBack(Session session);
}
