// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.model.registration.Registration;

/// Whether a device may connect.
public sealed interface AuthResult {
  /// `epoch` is the [Connections#epoch] from before the secret was looked at.
  record Authenticated(Registration registration, long epoch) implements AuthResult {}

  /// Unknown registration, wrong app or wrong secret: which of them is not told.
  record Rejected() implements AuthResult {}
}
