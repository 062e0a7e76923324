// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Document;
import dev.boomerang.port.DocumentStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

final class MemoryDocuments implements DocumentStore {
  private record Name(AppId app, String name) {}

  private final Map<Name, Document> all = new HashMap<>();

  @Override
  public synchronized Optional<Document> find(AppId app, String name) {
    return Optional.ofNullable(all.get(new Name(app, name)));
  }

  @Override
  public synchronized boolean replace(Document changed) {
    var name = new Name(changed.app(), changed.name());
    long before = Optional.ofNullable(all.get(name)).map(Document::version).orElse(0L);
    if (before + 1 != changed.version()) {
      return false;
    }
    all.put(name, changed);
    return true;
  }
}
