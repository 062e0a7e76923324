// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

/// A key of one app, opened for use. `secret` is what a dialect's signature is made with; for a
/// bearer text it is empty, because only its hash is kept.
public record Key(KeyKind kind, String id, AppId app, Secret secret, boolean active) {
  /// Returns whether the id is all that a caller shows: there is no secret beside it, and the store
  /// gets the id's hash.
  public boolean isBearer() {
    return secret.reveal().isEmpty();
  }
}
