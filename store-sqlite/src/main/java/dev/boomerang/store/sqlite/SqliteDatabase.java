// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Database;
import dev.boomerang.store.sql.jdbc.SessionSource;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteErrorCode;

/// Has one writing connection and a few reading ones, in WAL mode: readers see the last commit and
/// wait for nobody. One more connection does nothing but keep the log from going when the others
/// are closed and opened again.
///
/// Transactions are begun and ended by statements. The driver's own idea of a transaction goes
/// wrong where SQLite rolls back by itself, as it does when the disk is full.
final class SqliteDatabase implements Database {
  private static final int READERS = 4;

  private final Path file;
  private final FileLock lock;

  /// Used by the thread that opens the writer, of which there is one at a time.
  private final SqlSession keeper;

  private final DataFiles files;
  private final SqliteSessionPool writer;
  private final SqliteSessionPool readers;
  private final BatchSql batchSql = new SqliteBatchSql();

  /// True once the writer has been opened.
  private final AtomicBoolean opened = new AtomicBoolean();

  private SqliteDatabase(
      Path file,
      FileLock lock,
      SqlSession keeper,
      DataFiles files,
      UnaryOperator<Connection> connections) {
    this.file = file;
    this.lock = lock;
    this.keeper = keeper;
    this.files = files;
    this.writer = new SqliteSessionPool(1, () -> connectWriter(connections));
    this.readers =
        new SqliteSessionPool(
            READERS,
            () -> {
              SqlSession reading = connect(SqliteConnections.READER_CACHE_KIB, connections);
              reading.execute("PRAGMA query_only = ON");
              return reading;
            });
  }

  static SqliteDatabase open(Path file) throws IOException {
    return open(file, UnaryOperator.identity());
  }

  /// `connections` may put something before each connection that it is given.
  static SqliteDatabase open(Path file, UnaryOperator<Connection> connections) throws IOException {
    FileLock lock = FileLock.take(file);
    boolean open = false;
    try {
      SqlSession keeper =
          new SqlSession(SqliteConnections.open(file, SqliteConnections.READER_CACHE_KIB));
      try {
        keeper.query("SELECT count(*) FROM sqlite_schema", _ -> true);
        var database = new SqliteDatabase(file, lock, keeper, DataFiles.opened(file), connections);
        open = true;
        return database;
      } finally {
        if (!open) {
          keeper.close();
        }
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      if (!open) {
        lock.close();
      }
    }
  }

  /// After a failure the log is carried over first, if that can be done: a log that can grow no
  /// more has room again once it may be begun anew, and only a commit would see to that otherwise.
  private SqlSession connectWriter(UnaryOperator<Connection> connections) throws SQLException {
    SqlSession writing = connect(SqliteConnections.WRITER_CACHE_KIB, connections);
    if (opened.getAndSet(true)) {
      try {
        keeper.query("PRAGMA wal_checkpoint(PASSIVE)", _ -> true);
      } catch (SQLException _) {
        // The log stays as it is.
      }
    }
    return writing;
  }

  /// Opens no file but the one that was there first: SQLite would make a new one.
  private SqlSession connect(int cacheKib, UnaryOperator<Connection> connections)
      throws SQLException {
    requireFiles();
    return new SqlSession(connections.apply(SqliteConnections.open(file, cacheKib)));
  }

  private void requireFiles() throws SQLException {
    Optional<IOException> missing = files.missing();
    if (missing.isPresent()) {
      throw new SQLException(
          missing.get().getMessage(), null, SQLiteErrorCode.SQLITE_IOERR.code, missing.get());
    }
  }

  @Override
  public SessionSource writers() {
    return writer;
  }

  @Override
  public SessionSource readers() {
    return readers;
  }

  @Override
  public String beginSnapshot() {
    return "BEGIN DEFERRED";
  }

  @Override
  public void begin(SqlSession session) throws SQLException {
    requireFiles();
    session.update("BEGIN IMMEDIATE");
  }

  @Override
  public OptionalLong transactionId(SqlSession session) {
    return OptionalLong.empty();
  }

  @Override
  public void commit(SqlSession session) throws SQLException {
    session.update("COMMIT");
  }

  @Override
  public void rollback(SqlSession session) throws SQLException {
    session.update("ROLLBACK");
  }

  /// SQLite is in the process, and has written no commit that it says has failed.
  @Override
  public Optional<Boolean> wasCommitted(OptionalLong transaction, SQLException fault) {
    return Optional.of(false);
  }

  @Override
  public Optional<SQLException> checkHealth() {
    try {
      requireFiles();
      return files.isFull()
          ? Optional.of(
              new SQLException(
                  "there is next to no room left", null, SQLiteErrorCode.SQLITE_FULL.code))
          : Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e);
    } catch (IOException e) {
      return Optional.of(
          new SQLException(e.getMessage(), null, SQLiteErrorCode.SQLITE_IOERR.code, e));
    }
  }

  @Override
  public int writerThreads() {
    return 1;
  }

  @Override
  public BatchSql batchSql() {
    return batchSql;
  }

  @Override
  public String spelling(SchemaPlaceholder word) {
    return switch (word) {
      case LONG -> "INTEGER";
      case BYTES -> "BLOB";
      case KEY -> "TEXT";
      case CLUSTERED -> " WITHOUT ROWID";
    };
  }

  /// Does nothing, because nobody else has the file.
  @Override
  public void lockSchema(SqlSession session) {}

  @Override
  public void close() {
    try (lock) {
      readers.close();
      writer.close();
      keeper.close();
    } catch (SQLException | IOException e) {
      throw new StoreException("cannot close the store: " + e.getMessage(), e);
    }
  }
}
