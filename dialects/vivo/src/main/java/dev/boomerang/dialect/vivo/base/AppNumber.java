// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import dev.boomerang.model.app.AppId;

/// What vivo's callers know an app by, a number: the digits its id ends with.
public final class AppNumber {
  private AppNumber() {}

  /// Empty if the id does not end with a digit other than zero.
  public static String of(AppId app) {
    String id = app.value();
    int start = id.length();
    while (start > 0 && id.charAt(start - 1) >= '0' && id.charAt(start - 1) <= '9') {
      start--;
    }
    return withoutLeadingZeros(id.substring(start));
  }

  /// Without zeros before it, which are lost where it travels as a number.
  public static String withoutLeadingZeros(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == '0') {
      start++;
    }
    return text.substring(start);
  }
}
