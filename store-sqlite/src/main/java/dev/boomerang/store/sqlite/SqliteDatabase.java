// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.Bulk;
import dev.boomerang.store.sql.Database;
import dev.boomerang.store.sql.OneByOne;
import dev.boomerang.store.sql.Session;
import dev.boomerang.store.sql.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/// One writing connection, a few reading ones, in WAL mode: readers see the last commit and wait
/// for nobody.
final class SqliteDatabase implements Database {
  private static final int READERS = 4;
  private static final int WRITER_CACHE_KIB = 16 * 1024;
  private static final int READER_CACHE_KIB = 2 * 1024;
  private static final long MAPPED_BYTES = 64L << 20;
  private static final int BUSY_MILLIS = 5_000;

  /// Pages of 4 KiB in the log before they are carried over to the file. The writer does it, so
  /// rarer is cheaper.
  private static final int CHECKPOINT_PAGES = 4_000;

  private final FileLock lock;
  private final Pool writer;
  private final Pool readers;
  private final Bulk bulk = new OneByOne();

  private SqliteDatabase(FileLock lock, Pool writer, Pool readers) {
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
  }

  static SqliteDatabase open(Path file) throws IOException {
    FileLock lock = FileLock.take(file);
    var sessions = new ArrayList<Session>();
    try {
      Session writing = connect(file, WRITER_CACHE_KIB);
      sessions.add(writing);
      writing.connection().setAutoCommit(false);
      for (int i = 0; i < READERS; i++) {
        Session reading = connect(file, READER_CACHE_KIB);
        sessions.add(reading);
        reading.execute("PRAGMA query_only = ON");
      }
      return new SqliteDatabase(
          lock, new Pool(List.of(writing)), new Pool(sessions.subList(1, sessions.size())));
    } catch (SQLException e) {
      for (Session session : sessions) {
        closeQuietly(session);
      }
      lock.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Session connect(Path file, int cacheKib) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-cacheKib);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Long.toString(MAPPED_BYTES));
    var session = new Session(config.createConnection("jdbc:sqlite:" + file));
    session.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
    return session;
  }

  private static void closeQuietly(Session session) {
    try {
      session.close();
    } catch (SQLException _) {
      // What made us close it is being reported.
    }
  }

  @Override
  public Sessions writers() {
    return writer;
  }

  @Override
  public Sessions readers() {
    return readers;
  }

  @Override
  public String beginSnapshot() {
    return "BEGIN DEFERRED";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public Bulk bulk() {
    return bulk;
  }

  @Override
  public String word(SchemaWord word) {
    return switch (word) {
      case LONG -> "INTEGER";
      case BYTES -> "BLOB";
      case KEY -> "TEXT";
      case CLUSTERED -> " WITHOUT ROWID";
    };
  }

  /// Nothing to do: nobody else has the file.
  @Override
  public void lockSchema(Session session) {}

  @Override
  public void close() {
    try (lock) {
      readers.close();
      writer.close();
    } catch (SQLException | IOException e) {
      throw new StoreException("cannot close the store: " + e.getMessage(), e);
    }
  }
}
