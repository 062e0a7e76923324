// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import dev.boomerang.model.app.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// One real PostgreSQL server for all tests of this process; a schema of its own for each test.
final class TestPostgres {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private TestPostgres() {}

  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL does not start", e);
      }
    }
  }

  static PostgresConfig emptyDatabase() throws SQLException {
    String schema = "test" + SCHEMAS.incrementAndGet();
    String url = Server.RUNNING.getJdbcUrl("postgres", "postgres");
    execute(url, "CREATE SCHEMA " + schema);
    return new PostgresConfig(
        url + "&currentSchema=" + schema,
        "postgres",
        new Secret("postgres"),
        4,
        PostgresConfig.DEFAULT_LANES,
        PostgresConfig.DEFAULT_PATIENCE);
  }

  static void execute(String jdbcUrl, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl, "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String setting(String jdbcUrl, String name) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl, "postgres", "postgres");
        var statement = connection.createStatement();
        var answer = statement.executeQuery("SHOW " + name)) {
      answer.next();
      return answer.getString(name);
    }
  }
}
