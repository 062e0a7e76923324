// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.kit.contract.failure.FaultyConnections;
import dev.boomerang.kit.contract.failure.StoreFailureContract;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.port.StoreListener;
import dev.boomerang.store.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

class SqliteFailureTest extends StoreFailureContract {

  /// SQLite is in the process: what it has committed, it says.
  SqliteFailureTest() {
    super(
        () -> new SQLException("made to fail", null, SQLiteErrorCode.SQLITE_IOERR.code),
        StoreFailure.IO,
        false);
  }

  @TempDir Path folder;

  @Override
  protected Store open(FaultyConnections on) throws IOException {
    return SqlStore.open(
        SqliteDatabase.open(folder.resolve("boomerang.db"), on), StoreListener.NONE);
  }
}
