// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import dev.boomerang.kit.contract.failure.FaultyConnections;
import dev.boomerang.kit.contract.failure.StoreFailureContract;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.port.StoreListener;
import dev.boomerang.store.sql.SqlStore;
import java.sql.SQLException;

class PostgresFailureIT extends StoreFailureContract {

  PostgresFailureIT() {
    super(() -> new SQLException("made to fail", "08006"), StoreFailure.CONNECTION, true);
  }

  @Override
  protected Store open(FaultyConnections on) throws SQLException {
    return SqlStore.open(
        PostgresDatabase.open(TestPostgres.emptyDatabase(), on), StoreListener.NONE);
  }
}
