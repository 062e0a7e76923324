// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.port.AppStore;
import dev.boomerang.port.AppStore.StoredKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Apps and the keys that open their doors.
public final class Apps {
  /// The longest time that another node's change of a key may go unnoticed here.
  private static final Duration FRESH = Duration.ofSeconds(30);

  /// Beyond this many remembered keys all are forgotten and read anew.
  private static final int REMEMBERED = 10_000;

  private record Name(KeyKind kind, String id) {
    String seal() {
      return kind.name() + ":" + id;
    }
  }

  private record Read<T>(T value, Instant at) {}

  private final AppStore store;
  private final Vault vault;
  private final Clock clock;
  private final Map<Name, Read<Key>> keys = new ConcurrentHashMap<>();
  private final Map<AppId, Read<App>> apps = new ConcurrentHashMap<>();

  public Apps(AppStore store, Vault vault, Clock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  /// Adds an app with its first keys, all or nothing. A bearer key's id is the bearer text itself.
  /// False if the app or one of the keys exists.
  public boolean add(App app, List<Key> firstKeys) {
    return store.add(app, firstKeys.stream().map(this::stored).toList());
  }

  public List<App> all() {
    return store.all();
  }

  public Optional<App> find(AppId id) {
    return WellFormedText.is(id.value())
        ? remembered(apps, id, () -> store.find(id))
        : Optional.empty();
  }

  /// Returns the signing key that a caller names, switched off ones included. What is no text names
  /// none, and neither does a bearer key: without a secret nothing could be checked.
  public Optional<Key> key(KeyKind kind, String id) {
    return find(kind, id).filter(key -> !key.isBearer());
  }

  private Optional<Key> find(KeyKind kind, String id) {
    if (!WellFormedText.is(id)) {
      return Optional.empty();
    }
    var name = new Name(kind, id);
    return remembered(keys, name, () -> store.key(kind, id).map(found -> opened(name, found)));
  }

  /// The app whose active bearer key this is.
  public Optional<App> bearer(KeyKind kind, String token) {
    return find(kind, Secrets.hash(new Secret(token)))
        .filter(Key::isBearer)
        .filter(Key::active)
        .flatMap(key -> find(key.app()));
  }

  /// Returns the secret that webhooks of this app are signed with. It follows from the master key,
  /// so every node has it, and it stays as long as that does.
  public Secret webhookSecret(AppId app) {
    return Secrets.webhookSecret(vault.derive("callback:" + app.value()));
  }

  /// Returns what the app's identity tokens are checked with, if it has such a key.
  public Optional<Secret> identityKey(AppId app) {
    return key(KeyKind.IDENTITY, app.value()).filter(Key::active).map(Key::secret);
  }

  /// Sets the identity mode of an app; a `key` takes the place of the one before it. Other nodes
  /// follow within 30 seconds. False if there is no such app.
  public boolean setIdentity(AppId app, IdentityMode mode, Optional<Secret> key) {
    List<StoredKey> newKeys =
        key
            .map(secret -> stored(new Key(KeyKind.IDENTITY, app.value(), app, secret, true)))
            .stream()
            .toList();
    boolean found = store.setIdentity(app, mode, newKeys);
    apps.remove(app);
    keys.remove(new Name(KeyKind.IDENTITY, app.value()));
    return found;
  }

  /// Switches a key on or off; other nodes follow within 30 seconds.
  public boolean activate(KeyKind kind, String id, boolean active) {
    boolean found = store.activate(kind, id, active);
    keys.remove(new Name(kind, id));
    return found;
  }

  private interface Source<T> {
    Optional<T> read();
  }

  private <K, T> Optional<T> remembered(Map<K, Read<T>> memory, K name, Source<T> source) {
    Instant now = clock.instant();
    Optional<T> known =
        Optional.ofNullable(memory.get(name))
            .filter(read -> now.isBefore(read.at().plus(FRESH)))
            .map(Read::value);
    if (known.isPresent()) {
      return known;
    }
    Optional<T> read = source.read();
    if (memory.size() > REMEMBERED) {
      memory.clear();
    }
    read.ifPresent(value -> memory.put(name, new Read<>(value, now)));
    return read;
  }

  private StoredKey stored(Key key) {
    if (key.isBearer()) {
      return new StoredKey(
          key.kind(), Secrets.hash(new Secret(key.id())), key.app(), "", key.active());
    }
    String sealed = vault.seal(new Name(key.kind(), key.id()).seal(), key.secret());
    return new StoredKey(key.kind(), key.id(), key.app(), sealed, key.active());
  }

  private Key opened(Name name, StoredKey stored) {
    Secret secret =
        stored.sealed().isEmpty() ? new Secret("") : vault.open(name.seal(), stored.sealed());
    return new Key(stored.kind(), stored.id(), stored.app(), secret, stored.active());
  }
}
