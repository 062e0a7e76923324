// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.KeyKind;
import java.util.List;
import java.util.Optional;

/// Stores apps and their keys. A key's secret comes here sealed or hashed, never in clear.
public interface AppStore {

  /// Holds one key of an app. `id` is what a caller shows (for a bearer token: its hash). `sealed`
  /// is the encrypted secret in Base64, empty for a bearer token. Kind and id together are unique.
  record StoredKey(KeyKind kind, String id, AppId app, String sealed, boolean active) {}

  /// Adds an app with its first keys, all or nothing. Returns false if the app id or one of the
  /// keys is taken.
  boolean add(App app, List<StoredKey> keys);

  Optional<App> find(AppId id);

  List<App> all();

  Optional<StoredKey> key(KeyKind kind, String id);

  /// Sets the identity mode of an app and puts `keys` in the place of those of the same kind and
  /// id, all or nothing. Returns false if there is no such app.
  boolean setIdentity(AppId app, IdentityMode mode, List<StoredKey> keys);

  /// Switches a key on or off. Returns false if there is no such key.
  boolean activate(KeyKind kind, String id, boolean active);
}
