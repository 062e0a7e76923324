// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.postgres;

import dev.boomerang.model.app.Secret;
import java.time.Duration;

/// Says how to reach the database. `jdbcUrl` may carry any property of the PostgreSQL driver; those
/// it names win.
///
/// `poolSize` counts the connections of this node, of which `lanes` write at the same time.
/// `patience` is how long to wait for a connection, or for an answer on one.
public record PostgresConfig(
    String jdbcUrl, String user, Secret password, int poolSize, int lanes, Duration patience) {
  public static final int DEFAULT_POOL_SIZE = 10;
  public static final int DEFAULT_LANES = 2;
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

  public PostgresConfig {
    if (lanes < 1 || poolSize <= lanes) {
      throw new IllegalArgumentException("the pool must have more connections than lanes");
    }
  }

  public static PostgresConfig of(String jdbcUrl, String user, Secret password) {
    return new PostgresConfig(
        jdbcUrl, user, password, DEFAULT_POOL_SIZE, DEFAULT_LANES, DEFAULT_PATIENCE);
  }
}
