// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import dev.boomerang.model.app.AppId;
import java.time.Instant;

/// A registration is one app on one device. `boundAt` is when its user last changed (at first: when
/// it registered). `seenAt` is when it was last connected, as far as is recorded; until it was,
/// `createdAt`. `version` grows by one with each change and settles races between writers.
public record Registration(
    RegistrationId id,
    AppId app,
    Device device,
    Profile profile,
    ReachabilityInfo reachability,
    Instant createdAt,
    Instant boundAt,
    Instant seenAt,
    long version) {

  /// Returns whether the device has ever been connected, as far as is recorded.
  public boolean hasConnected() {
    return seenAt.isAfter(createdAt);
  }

  /// Returns this registration with changes, as its next version. The engine sees to `boundAt`.
  public Registration changed(Device newDevice, Profile newProfile, ReachabilityInfo newReach) {
    return new Registration(
        id, app, newDevice, newProfile, newReach, createdAt, boundAt, seenAt, version + 1);
  }

  public Registration with(Device changed) {
    return changed(changed, profile, reachability);
  }

  public Registration with(Profile changed) {
    return changed(device, changed, reachability);
  }

  public Registration with(ReachabilityInfo changed) {
    return changed(device, profile, changed);
  }

  public Registration boundAt(Instant time) {
    return new Registration(
        id, app, device, profile, reachability, createdAt, time, seenAt, version);
  }

  public AudienceAttributes audienceAttributes() {
    return new AudienceAttributes(
        app, device.platform(), profile.userId().isPresent(), boundAt, reachability.blocked());
  }
}
