// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import java.util.Map;
import java.util.Optional;

/// The device side of a registration: `deviceId` is a stable name chosen by the app, `attributes`
/// are what it says of itself (model, app version).
public record Device(Platform platform, Optional<String> deviceId, Map<String, String> attributes) {
  public Device {
    attributes = Map.copyOf(attributes);
  }

  /// Returns the device under another stable name, or under none.
  public Device withDeviceId(Optional<String> name) {
    return new Device(platform, name, attributes);
  }

  public Device withAttributes(Map<String, String> all) {
    return new Device(platform, deviceId, all);
  }
}
