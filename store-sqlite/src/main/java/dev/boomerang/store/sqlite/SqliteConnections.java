// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/// Sets up every connection to the file.
final class SqliteConnections {
  static final int WRITER_CACHE_KIB = 16 * 1024;
  static final int READER_CACHE_KIB = 2 * 1024;

  private static final long MAPPED_BYTES = 64L << 20;
  private static final int BUSY_MILLIS = 5_000;

  /// Pages of 4 KiB in the log before they are carried over to the file. The writer does it, so
  /// rarer is cheaper.
  private static final int CHECKPOINT_PAGES = 4_000;

  private SqliteConnections() {}

  /// Returns a connection that begins no transaction by itself, and is in none.
  static Connection open(Path file, int cacheKib) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-cacheKib);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Long.toString(MAPPED_BYTES));
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    boolean ready = false;
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      // Marks the connection as not in auto-commit mode, and no more: the driver would otherwise
      // follow each statement by a BEGIN of its own, to be sure, and if told so would begin a
      // transaction at once.
      connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }
}
