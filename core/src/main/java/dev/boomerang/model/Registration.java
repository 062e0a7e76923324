// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.time.Instant;

/// One app on one device. `seenAt` is when it last connected or registered, as far as is recorded.
/// `version` grows by one with each change and settles races between writers.
public record Registration(
    RegistrationId id,
    AppId app,
    Device device,
    Profile profile,
    Reach reach,
    Instant createdAt,
    Instant seenAt,
    long version) {

  /// The same registration, changed; the next version.
  public Registration changed(Device newDevice, Profile newProfile, Reach newReach) {
    return new Registration(
        id, app, newDevice, newProfile, newReach, createdAt, seenAt, version + 1);
  }
}
