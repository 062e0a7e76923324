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
final class StoreOpener {
  private static final String SQLITE_FILE = "boomerang.db";

  private StoreOpener() {}

  /// The listener receives what fails.
  static Store open(StoreSettings settings, StoreListener listener) throws StartupException {
    Path folder = settings.dataDir();
    try {
      PrivateFile.createFolder(folder);
    } catch (IOException e) {
      throw new StartupException("cannot make data-dir " + folder + ": " + ExceptionMessages.of(e));
    }
    if (!Files.isWritable(folder)) {
      throw new StartupException("cannot write to data-dir " + folder);
    }
    return switch (settings.kind()) {
      case StoreSettings.Kind.Sqlite _ -> SqliteStore.open(folder.resolve(SQLITE_FILE), listener);
      case StoreSettings.Kind.Postgres(var config) -> PostgresStore.open(config, listener);
    };
  }
}
