// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Document;
import java.util.Optional;

/// Stores texts that dialects keep for an app, each found by its name.
public interface DocumentStore {
  Optional<Document> find(AppId app, String name);

  /// Puts `changed` in the place of the version before it (`changed.version() - 1`); version 1 is
  /// put where there is none. Returns false, and stores nothing, if the stored one has another
  /// version.
  boolean replace(Document changed);
}
