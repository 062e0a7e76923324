// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.app.Secret;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.StoreFailure;
import dev.boomerang.port.TaskStore.Acceptance;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is refused while a real server is out of order is not stored, and what comes after it is.
class PostgresOutageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ENOUGH = 50;

  private static int roles;

  /// A role of its own with a schema of its own, whose settings a test may change.
  private static PostgresConfig asNewRole() throws SQLException {
    PostgresConfig admin = TestPostgres.emptyDatabase();
    String role = "outage" + ++roles;
    TestPostgres.execute(admin.jdbcUrl(), "CREATE ROLE " + role + " LOGIN PASSWORD 'secret'");
    String schema = admin.jdbcUrl().replaceAll(".*currentSchema=", "");
    TestPostgres.execute(admin.jdbcUrl(), "GRANT ALL ON SCHEMA " + schema + " TO " + role);
    String url = admin.jdbcUrl().replaceAll("user=[^&]*&?", "").replaceAll("password=[^&]*&?", "");
    return new PostgresConfig(url, role, new Secret("secret"), 4, 2, PATIENCE);
  }

  private static void asAdmin(String sql) throws SQLException {
    TestPostgres.execute(TestPostgres.emptyDatabase().jdbcUrl(), sql);
  }

  private static void endSessionsOf(PostgresConfig database) throws SQLException {
    asAdmin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
            + database.user()
            + "'");
  }

  private static Acceptance aPush() {
    return Fixtures.aPush().to(Fixtures.aRegistrationId()).build();
  }

  private static boolean isStored(Store store, Acceptance push) {
    var id = push.task().id();
    boolean there = store.tasks().find(id).isPresent();
    assertThat(store.deliveries().counts(id).isEmpty()).isEqualTo(!there);
    return there;
  }

  /// Pushes until one is accepted; each that was refused must not be there.
  private static void recovers(Store store) {
    for (int i = 0; i < ENOUGH; i++) {
      Acceptance push = aPush();
      try {
        store.tasks().accept(push);
        assertThat(isStored(store, push)).isTrue();
        store.check();
        assertThat(store.lastWriteFailure()).isEmpty();
        return;
      } catch (StoreException e) {
        assertThat(e.isOutcomeUnknown()).isFalse();
      }
    }
    throw new AssertionError("refused " + ENOUGH + " times");
  }

  private static void refuses(Store store, Acceptance push, StoreFailure cause) {
    assertThatThrownBy(() -> store.tasks().accept(push))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(cause));
  }

  private static void isNotReady(Store store, StoreFailure cause) {
    assertThatThrownBy(store::check)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(cause));
  }

  @Test
  void killedSessions_costOnlyWhatIsRefused() throws SQLException {
    PostgresConfig database = asNewRole();
    try (Store store = PostgresStore.open(database)) {
      for (int round = 0; round < 10; round++) {
        endSessionsOf(database);
        Acceptance push = aPush();
        boolean accepted = true;
        try {
          store.tasks().accept(push);
        } catch (StoreException e) {
          assertThat(e.failure()).isEqualTo(StoreFailure.CONNECTION);
          accepted = false;
        }
        recovers(store);
        assertThat(isStored(store, push)).isEqualTo(accepted);
      }
    }
  }

  @Test
  void readOnlyServer_isNotReady_untilItTakesWritesAgain() throws SQLException {
    PostgresConfig database = asNewRole();
    var counted = new EnumMap<StoreFailure, Integer>(StoreFailure.class);
    try (Store store =
        PostgresStore.open(database, cause -> counted.merge(cause, 1, Integer::sum))) {
      asAdmin("ALTER ROLE " + database.user() + " SET default_transaction_read_only = on");
      endSessionsOf(database);
      Acceptance refused = aPush();
      do {
        assertThatThrownBy(() -> store.tasks().accept(refused)).isInstanceOf(StoreException.class);
      } while (!counted.containsKey(StoreFailure.READ_ONLY));

      isNotReady(store, StoreFailure.READ_ONLY);
      assertThat(store.lastWriteFailure()).contains(StoreFailure.READ_ONLY);
      assertThat(isStored(store, refused)).isFalse();

      asAdmin("ALTER ROLE " + database.user() + " RESET default_transaction_read_only");
      recovers(store);
      assertThat(isStored(store, refused)).isFalse();
    }
  }

  @Test
  void statementTimeout_refusesAndIsOver() throws SQLException {
    PostgresConfig database = asNewRole();
    asAdmin("ALTER ROLE " + database.user() + " SET statement_timeout = '200ms'");
    try (Store store = PostgresStore.open(database)) {
      Acceptance refused = aPush();
      try (Connection other =
              DriverManager.getConnection(database.jdbcUrl(), database.user(), "secret");
          var lock = other.createStatement()) {
        other.setAutoCommit(false);
        lock.execute("LOCK TABLE tasks, write_probes IN SHARE MODE");

        refuses(store, refused, StoreFailure.TIMEOUT);
        isNotReady(store, StoreFailure.TIMEOUT);
        other.rollback();
      }

      recovers(store);
      assertThat(isStored(store, refused)).isFalse();
    }
  }

  @Test
  void noConnectionLeft_refusesAndIsOver() throws SQLException {
    PostgresConfig database = asNewRole();
    try (Store store = PostgresStore.open(database)) {
      asAdmin("ALTER ROLE " + database.user() + " CONNECTION LIMIT 0");
      endSessionsOf(database);
      Acceptance refused = aPush();

      refuses(store, refused, StoreFailure.CONNECTION);
      isNotReady(store, StoreFailure.CONNECTION);

      asAdmin("ALTER ROLE " + database.user() + " CONNECTION LIMIT -1");
      recovers(store);
      assertThat(isStored(store, refused)).isFalse();
    }
  }

  @Test
  void serverStoppedAndStarted_isUsedAgain(@TempDir Path folder) throws Exception {
    EmbeddedPostgres first = start(folder, 0);
    int port = first.getPort();
    var database =
        new PostgresConfig(
            "jdbc:postgresql://localhost:" + port + "/postgres",
            "postgres",
            new Secret("postgres"),
            4,
            2,
            PATIENCE);
    try (Store store = PostgresStore.open(database)) {
      Acceptance before = aPush();
      store.tasks().accept(before);
      first.close();
      Acceptance refused = aPush();
      refuses(store, refused, StoreFailure.CONNECTION);
      isNotReady(store, StoreFailure.CONNECTION);

      try (EmbeddedPostgres second = start(folder, port)) {
        assertThat(second.getPort()).isEqualTo(port);
        recovers(store);
        assertThat(isStored(store, before)).isTrue();
        assertThat(isStored(store, refused)).isFalse();
      }
    }
  }

  private static EmbeddedPostgres start(Path folder, int port) throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("server"))
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "off");
    Map.of("unix_socket_directories", "").forEach(builder::setServerConfig);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }
}
