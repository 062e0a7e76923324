// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import java.util.Locale;
import java.util.Optional;

/// A platform is the operating system of a device.
public enum Platform {
  ANDROID,
  IOS,
  HARMONY,
  QUICKAPP,
  WEB;

  /// Returns the name on the device protocol and in the native API.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Platform> parse(String wire) {
    for (Platform platform : values()) {
      if (platform.wire().equals(wire)) {
        return Optional.of(platform);
      }
    }
    return Optional.empty();
  }
}
