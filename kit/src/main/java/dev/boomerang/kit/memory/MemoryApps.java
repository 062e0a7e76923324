// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.port.AppStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class MemoryApps implements AppStore {
  private record Name(KeyKind kind, String id) {
    static Name of(StoredKey key) {
      return new Name(key.kind(), key.id());
    }
  }

  private final Map<AppId, App> apps = new LinkedHashMap<>();
  private final Map<Name, StoredKey> keys = new LinkedHashMap<>();

  @Override
  public synchronized boolean add(App app, List<StoredKey> firstKeys) {
    long distinct = firstKeys.stream().map(Name::of).distinct().count();
    if (apps.containsKey(app.id())
        || distinct < firstKeys.size()
        || firstKeys.stream().map(Name::of).anyMatch(keys::containsKey)) {
      return false;
    }
    apps.put(app.id(), app);
    firstKeys.forEach(key -> keys.put(Name.of(key), key));
    return true;
  }

  @Override
  public synchronized Optional<App> find(AppId id) {
    return Optional.ofNullable(apps.get(id));
  }

  @Override
  public synchronized List<App> all() {
    return List.copyOf(apps.values());
  }

  @Override
  public synchronized Optional<StoredKey> key(KeyKind kind, String id) {
    return Optional.ofNullable(keys.get(new Name(kind, id)));
  }

  @Override
  public synchronized boolean setIdentity(AppId app, IdentityMode mode, List<StoredKey> newKeys) {
    boolean found = apps.computeIfPresent(app, (_, before) -> before.with(mode)) != null;
    if (found) {
      newKeys.forEach(key -> keys.put(Name.of(key), key));
    }
    return found;
  }

  @Override
  public synchronized boolean activate(KeyKind kind, String id, boolean active) {
    return keys.computeIfPresent(
            new Name(kind, id),
            (_, key) -> new StoredKey(key.kind(), key.id(), key.app(), key.sealed(), active))
        != null;
  }
}
