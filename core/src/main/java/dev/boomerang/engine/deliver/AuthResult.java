// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.model.registration.Registration;

/// Says whether a device may connect.
public sealed interface AuthResult {
  /// It may. `epoch` is the [Connections#epoch] from before the secret was checked.
  record Authenticated(Registration registration, long epoch) implements AuthResult {}

  /// It may not: the registration is unknown, of another app, or has another secret; the result
  /// does not say which.
  record Rejected() implements AuthResult {}
}
