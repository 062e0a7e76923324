// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps everything in one SQLite file. Beside it lie `-wal` and `-shm` (SQLite's own; they belong
/// to the data) and `.lock`.
public final class SqliteStore {
  private SqliteStore() {}

  /// Opens the file, which is made if it is missing, as are its folders. Throws [StoreException] if
  /// another store holds it, in this process or another.
  public static Store open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return SqlStore.open(SqliteDatabase.open(file));
    } catch (IOException e) {
      throw new StoreException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }
}
