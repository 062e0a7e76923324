// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import dev.boomerang.bench.report.BenchOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// The database of the server: its own SQLite file, or an embedded PostgreSQL that writes as
/// durably as a real one.
public final class BenchDatabase implements AutoCloseable {
  private final Optional<EmbeddedPostgres> postgres;

  private BenchDatabase(Optional<EmbeddedPostgres> postgres) {
    this.postgres = postgres;
  }

  /// Starts the database if the options ask for PostgreSQL. The embedded one turns `fsync` off by
  /// default, which would compare unequal promises.
  public static BenchDatabase of(BenchOptions benchOptions) throws IOException {
    return new BenchDatabase(
        benchOptions.postgres()
            ? Optional.of(
                EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start())
            : Optional.empty());
  }

  public static String name(BenchOptions benchOptions) {
    return benchOptions.postgres() ? "PostgreSQL" : "SQLite";
  }

  /// Returns what the server's environment needs to use it; nothing for SQLite, the default.
  public Map<String, String> environment() {
    return postgres
        .map(
            server ->
                Map.of(
                    "BOOMERANG_STORE", "postgres",
                    "BOOMERANG_POSTGRES_URL", server.getJdbcUrl("postgres", "postgres"),
                    "BOOMERANG_POSTGRES_USER", "postgres",
                    "BOOMERANG_POSTGRES_PASSWORD", "postgres"))
        .orElse(Map.of());
  }

  @Override
  public void close() throws IOException {
    if (postgres.isPresent()) {
      postgres.get().close();
    }
  }
}
