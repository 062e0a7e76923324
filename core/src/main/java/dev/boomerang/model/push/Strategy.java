// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.util.Locale;
import java.util.Optional;

/// Says by which channels a push may go to a device.
public enum Strategy {
  /// Over our own connection if the device has one now, else by its vendor if we can reach that,
  /// else it waits for the device.
  ONLINE_ELSE_VENDOR,
  /// The push goes by the vendor's channel or not at all.
  VENDOR_ONLY,
  /// Over our own connection only, whenever that comes.
  SELF_ONLY,
  /// The push goes by the vendor's channel if we can reach it, else over our own connection.
  VENDOR_ELSE_SELF;

  /// The name in stores and in the native API.
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Strategy> parse(String wire) {
    for (Strategy strategy : values()) {
      if (strategy.wire().equals(wire)) {
        return Optional.of(strategy);
      }
    }
    return Optional.empty();
  }
}
