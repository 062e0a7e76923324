// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import java.util.List;

/// Texts that have lost something in one program or another, and texts that are none.
public final class DifficultTexts {
  /// Each comes back from wherever it was kept exactly as it was given: scripts, emoji, joined
  /// emoji, composed beside combining, right to left, every plane, a byte order mark,
  /// noncharacters, controls, what other syntaxes escape, and long ones.
  public static final List<String> WELL_FORMED =
      List.of(
          "plain",
          "通知：你好",
          "😀",
          "a😀b",
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "\u00e9 is not e\u0301",
          "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c",
          "\ud800\udc00 \ud840\udc00 \udb40\udc01 \udb80\udc00 \udbff\udfff",
          "\ufeffbom",
          "\ufffe\uffff\ud83f\udffe\ufffd",
          "\u0001\t\n\r\u001f\u007f\u0085",
          "%00 %ud800 \\u0000 \\ud83d ' \" ; -- ?",
          "a\u2028b\u2029c",
          "x".repeat(4_095) + "y",
          "x" + "😀".repeat(63));

  /// U+0000 and halves of surrogate pairs, wherever they stand.
  public static final List<String> ILL_FORMED =
      List.of(
          "\0",
          "a\0b",
          "end\0",
          "\ud800",
          "\udc00",
          "a\ud83d",
          "\ude00b",
          "\ude00\ud83d",
          "\ud83d\ud83d\ude00",
          "通知\udfff知");

  private DifficultTexts() {}
}
