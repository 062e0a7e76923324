// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.registration;

import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.registration.Registration;
import java.util.Optional;

/// Holds what a device that registers shows beside the app's device key, and decides what that lets
/// it do with a device id that the app knows already.
///
/// `owned` is the registration whose secret it showed, as it was then. `tokenUser` is the user of a
/// valid identity token for this very device id; it counts in the signed mode only.
public record DeviceClaim(
    IdentityMode mode, Optional<Registration> owned, Optional<String> tokenUser) {

  /// Claims with the device key alone, as the open mode allows.
  public static final DeviceClaim OPEN =
      new DeviceClaim(IdentityMode.OPEN, Optional.empty(), Optional.empty());

  enum Decision {
    /// It is that registration, and gets it back with a new secret.
    SAME,
    /// The device id is its own from now on; that registration goes on without it.
    TAKE_OVER,
    REFUSED
  }

  /// Returns what becomes of the registration that has the device id now, and that the device does
  /// not own.
  ///
  /// One that no device ever registered has no owner yet: a server told of it, and waits for its
  /// device. One that is another user's is never handed out with its mail, not even for a token: a
  /// back end can say who is logged in, but hardly which device is in that hand.
  Decision on(Registration holder) {
    boolean ownerless = holder.reachability().secretHash().isEmpty();
    return switch (mode) {
      case OPEN -> ownerless && owned.isEmpty() ? Decision.SAME : Decision.TAKE_OVER;
      case SIGNED -> tokenUser.map(user -> onToken(holder, user)).orElse(Decision.REFUSED);
    };
  }

  private Decision onToken(Registration holder, String user) {
    Optional<String> bound = holder.profile().userId();
    return owned.isEmpty() && bound.map(user::equals).orElse(true)
        ? Decision.SAME
        : Decision.TAKE_OVER;
  }
}
