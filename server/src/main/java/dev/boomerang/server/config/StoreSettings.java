// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import dev.boomerang.model.app.Secret;
import dev.boomerang.store.postgres.PostgresConfig;
import java.nio.file.Path;
import java.util.Optional;

/// Settings of where things are kept. `node` tells the nodes of one database apart, 0 to 31.
public record StoreSettings(Path dataDir, Kind kind, int node, MasterKeySettings masterKey) {

  public sealed interface Kind {
    record Sqlite() implements Kind {}

    record Postgres(PostgresConfig config) implements Kind {}
  }

  /// The key itself in Base64, or else the file that holds it.
  public record MasterKeySettings(Optional<Secret> key, Path file) {}
}
