// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

/// Counts characters the way callers and documents do. Limits in bytes do not belong here.
public final class Characters {
  private Characters() {}

  /// Returns the number of code points of `text`: a letter of any script counts one, and so does an
  /// emoji, which [String#length] counts twice.
  public static int count(String text) {
    return text.codePointCount(0, text.length());
  }

  /// Tells whether `text` has more than `max` characters. Long texts that fit are counted only
  /// where their UTF-16 length leaves it open.
  public static boolean exceed(String text, int max) {
    return text.length() > max && count(text) > max;
  }
}
