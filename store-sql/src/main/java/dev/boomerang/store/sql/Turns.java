// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.model.app.AppId;
import java.sql.SQLException;
import java.util.List;

/// One writer at a time for what is limited per app: counting and adding must not be torn apart.
final class Turns {
  private static final String KNOW =
      "INSERT INTO turns (app) VALUES (?) ON CONFLICT (app) DO NOTHING";

  private final Bulk bulk;

  Turns(Bulk bulk) {
    this.bulk = bulk;
  }

  /// Waits for every other writer of this app that has taken its turn; until the transaction ends.
  void take(Session session, AppId app) throws SQLException {
    session.update(KNOW, app.value());
    bulk.lock(
        session,
        Tables.TURNS,
        List.of("app"),
        List.<Object[]>of(new Object[] {app.value()}),
        row -> row.getString(1));
  }
}
