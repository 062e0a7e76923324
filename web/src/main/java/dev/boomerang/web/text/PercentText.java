// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.text.WellFormedText;

/// Percent-decoding of UTF-8. A text with a broken escape stays as it is; bytes that are not UTF-8
/// are left for [TextCheck] to find.
public final class PercentText {
  private PercentText() {}

  /// Decodes a part of a form or a query, where `+` is a space.
  static String ofForm(String text) {
    return text.indexOf('%') < 0 ? text.replace('+', ' ') : decoded(text, ' ');
  }

  /// Decodes a part of a path, where `+` is a plus.
  public static String ofPath(String text) {
    return text.indexOf('%') < 0 ? text : decoded(text, '+');
  }

  private static String decoded(String text, char plus) {
    byte[] bytes = text.getBytes(UTF_8);
    int end = 0;
    for (int at = 0; at < bytes.length; at++) {
      byte one = bytes[at];
      if (one == '%') {
        int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
        int low = high < 0 ? -1 : Character.digit(bytes[at + 2], 16);
        if (low < 0) {
          return text;
        }
        one = (byte) ((high << 4) | low);
        at += 2;
      } else if (one == '+') {
        one = (byte) plus;
      }
      bytes[end++] = one;
    }
    return WellFormedText.decode(bytes, 0, end);
  }
}
