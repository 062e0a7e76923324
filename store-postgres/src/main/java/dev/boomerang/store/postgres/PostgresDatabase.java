// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Database;
import dev.boomerang.store.sql.jdbc.SessionSource;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/// Shares one pool between writers and readers, each with its own part: neither waits for the
/// other.
final class PostgresDatabase implements Database {
  /// Names the advisory lock under which nodes that start at once bring up the schema one after
  /// another.
  private static final long SCHEMA_LOCK = 0x626f6f6d6572616eL;

  /// A success reply must survive power loss, whatever the server's default. (Stronger ones than
  /// `on` stay.)
  private static final String DURABLE =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') = 'off'";

  private final HikariDataSource pool;
  private final int lanes;
  private final PostgresSessionPool writers;
  private final PostgresSessionPool readers;
  private final CommitStatus commitStatus;
  private final BatchSql batchSql = new PostgresBatchSql();

  private PostgresDatabase(
      HikariDataSource pool, PostgresConfig config, UnaryOperator<Connection> connections) {
    this.pool = pool;
    this.lanes = config.lanes();
    this.writers = new PostgresSessionPool(pool, lanes, false, config.patience(), connections);
    this.readers =
        new PostgresSessionPool(
            pool, config.poolSize() - lanes, true, config.patience(), connections);
    this.commitStatus = new CommitStatus(pool);
  }

  static PostgresDatabase open(PostgresConfig config) {
    return open(config, UnaryOperator.identity());
  }

  /// `connections` may put something before each connection that it is given.
  static PostgresDatabase open(PostgresConfig config, UnaryOperator<Connection> connections) {
    var hikari = new HikariConfig();
    hikari.setPoolName("store");
    hikari.setJdbcUrl(config.jdbcUrl());
    hikari.setUsername(config.user());
    hikari.setPassword(config.password().reveal());
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setConnectionTimeout(config.patience().toMillis());
    hikari.setConnectionInitSql(DURABLE);
    hikari.setDataSourceProperties(driverProperties(config));
    try {
      return new PostgresDatabase(new HikariDataSource(hikari), config, connections);
    } catch (PoolInitializationException e) {
      throw new StoreException("cannot reach the database: " + e.getMessage(), e);
    }
  }

  private static Properties driverProperties(PostgresConfig config) {
    String patience = Long.toString(Math.max(1, config.patience().toSeconds()));
    var properties = new Properties();
    properties.setProperty("ApplicationName", "boomerang");
    properties.setProperty("connectTimeout", patience);
    properties.setProperty("socketTimeout", patience);
    properties.setProperty("tcpKeepAlive", "true");
    // An error would quote the row it is about, and errors are logged: rows hold what is pushed.
    properties.setProperty("logServerErrorDetail", "false");
    // Every statement here finds its rows by an index. Without statistics, on a young database, the
    // planner may think
    // otherwise, and a prepared statement keeps that plan when the tables have grown.
    properties.setProperty(
        "options",
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off"
            + " -c default_transaction_isolation=read\\ committed");
    return properties;
  }

  @Override
  public SessionSource writers() {
    return writers;
  }

  @Override
  public SessionSource readers() {
    return readers;
  }

  @Override
  public String beginSnapshot() {
    return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  }

  /// The driver sends `BEGIN` with the first statement of a session that is in no transaction, as
  /// the server told it, so asking for that is enough.
  @Override
  public void begin(SqlSession session) throws SQLException {
    requireIdle(session);
  }

  private static void requireIdle(SqlSession session) throws SQLException {
    TransactionState state = stateOf(session);
    if (state != TransactionState.IDLE || session.connection().getAutoCommit()) {
      throw new SQLException("the connection is in a transaction already: " + state);
    }
  }

  private static TransactionState stateOf(SqlSession session) throws SQLException {
    return session.connection().unwrap(BaseConnection.class).getTransactionState();
  }

  @Override
  public OptionalLong transactionId(SqlSession session) throws SQLException {
    return stateOf(session) == TransactionState.IDLE
        ? OptionalLong.empty()
        : CommitStatus.idOf(session);
  }

  /// The driver throws if the server answers a commit with a rollback.
  @Override
  public void commit(SqlSession session) throws SQLException {
    session.connection().commit();
    requireIdle(session);
  }

  @Override
  public void rollback(SqlSession session) throws SQLException {
    session.connection().rollback();
    requireIdle(session);
  }

  @Override
  public Optional<Boolean> wasCommitted(OptionalLong transaction, SQLException fault) {
    return commitStatus.committed(transaction, fault);
  }

  @Override
  public Optional<SQLException> checkHealth() {
    return Optional.empty();
  }

  @Override
  public int writerThreads() {
    return lanes;
  }

  @Override
  public BatchSql batchSql() {
    return batchSql;
  }

  @Override
  public String spelling(SchemaPlaceholder word) {
    return switch (word) {
      case LONG -> "bigint";
      case BYTES -> "bytea";
      case KEY -> "text COLLATE \"C\"";
      case CLUSTERED -> "";
    };
  }

  @Override
  public void lockSchema(SqlSession session) throws SQLException {
    session.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
  }

  @Override
  public void close() {
    pool.close();
  }
}
