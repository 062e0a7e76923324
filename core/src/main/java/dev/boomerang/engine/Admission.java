// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.Registration;

/// Whether a device may connect.
public sealed interface Admission {
  /// `epoch` is the [Attachments#epoch] from before the secret was looked at.
  record Welcome(Registration registration, long epoch) implements Admission {}

  /// Unknown registration, wrong app or wrong secret: which of them is not told.
  record Refused() implements Admission {}
}
