// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import dev.boomerang.port.Store;
import dev.boomerang.port.StoreListener;
import dev.boomerang.server.config.StoreSettings;
import dev.boomerang.store.postgres.PostgresStore;
import dev.boomerang.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens the store that the settings name.
final class Stores {
  private static final String SQLITE_FILE = "boomerang.db";

  private Stores() {}

  /// The listener is told what fails.
  static Store open(StoreSettings settings, StoreListener listener) throws StartFault {
    Path folder = settings.dataDir();
    try {
      PrivateFile.createFolder(folder);
    } catch (IOException e) {
      throw new StartFault("cannot make data-dir " + folder + ": " + Reasons.of(e));
    }
    if (!Files.isWritable(folder)) {
      throw new StartFault("cannot write to data-dir " + folder);
    }
    return switch (settings.kind()) {
      case StoreSettings.Kind.Sqlite _ -> SqliteStore.open(folder.resolve(SQLITE_FILE), listener);
      case StoreSettings.Kind.Postgres(var config) -> PostgresStore.open(config, listener);
    };
  }
}
