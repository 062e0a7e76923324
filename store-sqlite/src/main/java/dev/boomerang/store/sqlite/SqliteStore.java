// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreListener;
import dev.boomerang.store.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Path;

/// Keeps everything in one SQLite file. Beside it lie `-wal` and `-shm` (SQLite's own; they belong
/// to the data) and `.lock`. What is made here, only its owner may read.
public final class SqliteStore {
  private SqliteStore() {}

  /// Opens the file, which is made if it is missing, as are its folders. Throws [StoreException] if
  /// another store holds it, in this process or another.
  public static Store open(Path file) {
    return open(file, StoreListener.NONE);
  }

  /// Opens the store like [#open(Path)]; the listener learns of failures.
  public static Store open(Path file, StoreListener listener) {
    try {
      DataFiles.make(file);
      return SqlStore.open(SqliteDatabase.open(file), listener);
    } catch (IOException e) {
      throw new StoreException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }
}
