// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

/// Says which API a key opens, by a name that no other API uses. Each dialect names its own kind;
/// here are those that the engine and every device know. Stores keep the name as text.
public record KeyKind(String name) {
  /// The app's public key for its devices: lets a device register, nothing more.
  public static final KeyKind DEVICE = new KeyKind("DEVICE");

  /// The key that the app's identity tokens are checked with; its id is the app's.
  public static final KeyKind IDENTITY = new KeyKind("IDENTITY");

  public KeyKind {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a kind of key has no name");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
