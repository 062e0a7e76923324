// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

/// Which door a key opens. The first four sign or log in a dialect's server calls, the next two are
/// bearer texts, the last opens none.
public enum KeyKind {
  MPAAS,
  JPUSH,
  GETUI,
  VIVO,
  /// The app's public key for its devices: lets a device register, nothing more.
  DEVICE,
  /// The native API's bearer token.
  ADMIN,
  /// What the app's identity tokens are checked with; its id is the app's.
  IDENTITY
}
