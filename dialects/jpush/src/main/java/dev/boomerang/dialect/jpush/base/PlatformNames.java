// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import dev.boomerang.model.registration.Platform;

/// JPush's names of the platforms.
public final class PlatformNames {
  private PlatformNames() {}

  /// Returns the name of a platform's object in requests and in reports.
  public static String name(Platform platform) {
    return switch (platform) {
      case ANDROID -> "android";
      case IOS -> "ios";
      case HARMONY -> "hmos";
      case QUICKAPP -> "quickapp";
      case WEB -> "web";
    };
  }
}
