// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import dev.boomerang.model.app.AppId;

/// Gives the number by which vivo's callers know an app: the digits at the end of its id.
public final class AppNumber {
  private AppNumber() {}

  /// Returns the number of an app, or an empty text if its id does not end with a digit other than
  /// zero.
  public static String of(AppId app) {
    String id = app.value();
    int start = id.length();
    while (start > 0 && id.charAt(start - 1) >= '0' && id.charAt(start - 1) <= '9') {
      start--;
    }
    return withoutLeadingZeros(id.substring(start));
  }

  /// Returns a number as it is compared: zeros before it are lost where a client sends it as a JSON
  /// number.
  public static String withoutLeadingZeros(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == '0') {
      start++;
    }
    return text.substring(start);
  }
}
