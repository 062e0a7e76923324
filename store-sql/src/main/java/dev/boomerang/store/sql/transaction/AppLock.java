// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.model.app.AppId;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
import java.sql.SQLException;
import java.util.List;

/// Admits one writer at a time to what is limited per app: counting and adding must not be
/// separated.
public final class AppLock {
  private static final String ENSURE_ROW =
      "INSERT INTO app_locks (app) VALUES (?) ON CONFLICT (app) DO NOTHING";

  private final BatchSql batchSql;

  public AppLock(BatchSql batchSql) {
    this.batchSql = batchSql;
  }

  /// Waits for every other writer that holds the app's lock, and holds it until the transaction
  /// ends.
  public void acquire(SqlSession session, AppId app) throws SQLException {
    session.update(ENSURE_ROW, app.value());
    batchSql.lock(
        session,
        Tables.APP_LOCKS,
        List.of("app"),
        List.<Object[]>of(new Object[] {app.value()}),
        row -> row.getString("app"));
  }
}
