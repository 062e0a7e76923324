// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.Locale;

/** The device's platform, as the server knows it. */
public enum Platform {
  ANDROID,
  IOS,
  HARMONY,
  QUICKAPP,
  WEB;

  /** Returns the name that is sent to the server. */
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
