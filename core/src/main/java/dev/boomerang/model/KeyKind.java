// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

/// Which door a key opens. The first four sign or log in a dialect's server calls; the last two are
/// bearer texts.
public enum KeyKind {
  MPAAS,
  JPUSH,
  GETUI,
  VIVO,
  /// The app's public key for its devices: lets a device register, nothing more.
  DEVICE,
  /// The native API's bearer token.
  ADMIN
}
