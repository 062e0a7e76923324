// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.Optional;

/// Decides which texts are taken: every Unicode text without U+0000. Half of a surrogate pair is no
/// character and becomes `?` in UTF-8, so that two names become one; U+0000 is what PostgreSQL
/// cannot keep. All else passes as it is, control characters and noncharacters too, and nothing is
/// normalised.
public final class WellFormedText {
  /// Stands for a byte that is not UTF-8, with the byte in its low bits: Python's
  /// `surrogateescape`.
  private static final char BYTE = '\uDC00';

  private static final char REPLACEMENT = '\uFFFD';

  private WellFormedText() {}

  public static boolean is(String text) {
    return firstFault(text) < 0;
  }

  /// Says what is wrong with a text, as the end of a sentence that begins with its name; empty if
  /// nothing is.
  public static Optional<String> problem(String text) {
    int at = firstFault(text);
    if (at < 0) {
      return Optional.empty();
    }
    return Optional.of(
        text.charAt(at) == 0
            ? "must not contain U+0000"
            : "must be well-formed Unicode: there is half a character at " + at);
  }

  /// Returns where the first U+0000 or lone surrogate is, in UTF-16 units, or -1.
  private static int firstFault(String text) {
    int length = text.length();
    for (int at = 0; at < length; at++) {
      char unit = text.charAt(at);
      if (unit == 0) {
        return at;
      }
      if (Character.isSurrogate(unit)) {
        boolean isPair =
            Character.isHighSurrogate(unit)
                && at + 1 < length
                && Character.isLowSurrogate(text.charAt(at + 1));
        if (!isPair) {
          return at;
        }
        at++;
      }
    }
    return -1;
  }

  /// Reads UTF-8. Each byte that is not becomes a lone surrogate, so that the text is not
  /// well-formed and whoever checks it can name the field it is in.
  public static String decode(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : marked(bytes, start, end);
  }

  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /// Tells whether the bytes are UTF-8.
  public static boolean isUtf8(byte[] bytes) {
    int high = 0;
    for (byte one : bytes) {
      high |= one;
    }
    if (high >= 0) {
      return true;
    }
    String text = new String(bytes, UTF_8);
    return text.indexOf(REPLACEMENT) < 0 || Arrays.equals(text.getBytes(UTF_8), bytes);
  }

  private static String marked(byte[] bytes, int start, int end) {
    var decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, start, end - start);
    CharBuffer out = CharBuffer.allocate(end - start);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (BYTE | (in.get() & 0xff)));
      }
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  /// Returns a text that can be shown: what is no character is written as its escape.
  public static String visible(String text) {
    if (is(text)) {
      return text;
    }
    var shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (isFault(point)) {
                shown.append("\\u%04x".formatted(point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  /// Returns a text with U+FFFD in the place of what is no character, for words that come from
  /// elsewhere and are kept for people to read.
  public static String repaired(String text) {
    return is(text)
        ? text
        : text.codePoints()
            .map(point -> isFault(point) ? REPLACEMENT : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isFault(int point) {
    return point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
