// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.registration;

import dev.boomerang.engine.registration.Registrations.Registered;

/// Tells what became of a device's call to register.
public sealed interface RegisterResult {
  record Done(Registered registered) implements RegisterResult {}

  /// The device id is known, and what the device showed does not let it come back under it.
  record ProofRequired() implements RegisterResult {}

  /// The app has as many registrations as it may have.
  record LimitReached() implements RegisterResult {}
}
