// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.Locale;

/** What the device runs, as the server knows it. */
public enum Platform {
  ANDROID,
  IOS,
  HARMONY,
  QUICKAPP,
  WEB;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
