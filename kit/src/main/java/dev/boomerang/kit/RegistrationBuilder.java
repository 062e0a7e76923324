// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Device;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Profile;
import dev.boomerang.model.Reach;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An Android phone of the shop, at version 1, until told otherwise.
public final class RegistrationBuilder {
  private final RegistrationId id;
  private AppId app = Given.SHOP;
  private Device device = new Device(Platform.ANDROID, Optional.empty(), Map.of());
  private Profile profile = Profile.EMPTY;
  private Instant boundAt = Given.NOW;
  private Reach reach = Reach.of("hash", Map.of());

  RegistrationBuilder(RegistrationId id) {
    this.id = id;
  }

  public RegistrationBuilder of(AppId newApp) {
    app = newApp;
    return this;
  }

  public RegistrationBuilder on(Platform platform) {
    device = new Device(platform, device.deviceId(), device.attributes());
    return this;
  }

  public RegistrationBuilder device(String deviceId) {
    device = new Device(device.platform(), Optional.of(deviceId), device.attributes());
    return this;
  }

  public RegistrationBuilder attributes(Map<String, String> attributes) {
    device = new Device(device.platform(), device.deviceId(), attributes);
    return this;
  }

  public RegistrationBuilder ofUser(String userId) {
    profile = profile.withUser(Optional.of(userId));
    return this;
  }

  public RegistrationBuilder alias(String alias) {
    profile = new Profile(profile.userId(), Optional.of(alias), profile.tags(), profile.region());
    return this;
  }

  public RegistrationBuilder tagged(String... tags) {
    profile = new Profile(profile.userId(), profile.alias(), Set.of(tags), profile.region());
    return this;
  }

  public RegistrationBuilder in(String region) {
    profile = new Profile(profile.userId(), profile.alias(), profile.tags(), Optional.of(region));
    return this;
  }

  public RegistrationBuilder boundAt(Instant time) {
    boundAt = time;
    return this;
  }

  public RegistrationBuilder reached(Reach newReach) {
    reach = newReach;
    return this;
  }

  public Registration build() {
    return new Registration(id, app, device, profile, reach, Given.NOW, boundAt, Given.NOW, 1);
  }
}
