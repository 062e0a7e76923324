// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreListener;
import dev.boomerang.store.sql.SqlStore;

/// Keeps everything in one PostgreSQL database, 14 or newer.
public final class PostgresStore {
  private PostgresStore() {}

  /// Throws [StoreException] if the database cannot be reached, or its schema is newer than this
  /// program.
  public static Store open(PostgresConfig config) {
    return open(config, StoreListener.NONE);
  }

  /// Opens the store like [#open(PostgresConfig)]; the listener learns of failures.
  public static Store open(PostgresConfig config, StoreListener listener) {
    return SqlStore.open(PostgresDatabase.open(config), listener);
  }
}
