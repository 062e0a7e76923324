// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Says how much of what a device says of itself is believed.
public enum IdentityMode {
  /// Whoever has the app's device key may bind a device to any user and alias. A known device id
  /// without proof makes a new registration that takes the name.
  OPEN,
  /// Binding, and coming back under a known device id, need an identity token that the app's own
  /// back end signed.
  SIGNED;

  /// Returns the name in settings, in the native API and in stores.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<IdentityMode> parse(String text) {
    return Arrays.stream(values()).filter(mode -> mode.wire().equals(text)).findFirst();
  }
}
