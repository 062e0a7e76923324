// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.util.List;
import java.util.Optional;

/// Whom a push is for. It is fixed at the moment of acceptance.
public sealed interface Audience {

  /// By what a target's name finds registrations.
  enum By {
    REGISTRATION,
    /// The id a device was registered with, chosen by the app, or the registration id itself.
    DEVICE,
    USER,
    ALIAS
  }

  /// The registrations of each named target; on `platform` only, if given. A target may have none
  /// or several.
  record Named(By by, List<Target> targets, Optional<Platform> platform) implements Audience {
    public Named {
      targets = List.copyOf(targets);
    }
  }
}
