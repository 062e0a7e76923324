// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

/// Estimates what a JSON tree will take in memory from its text, without building it: a few bytes
/// of text may become twenty times as many. It counts what opens, separates and names values
/// outside of texts, each at what the heaviest node of its kind takes on a 64-bit machine.
///
/// The parser also reads UTF-16 and UTF-32, which have zeros. A quote may be half of another
/// character there, so what seems to stand in texts is counted too, and the estimate is too high.
final class JsonCost {
  private static final int OBJECT = 176;
  private static final int ARRAY = 112;
  private static final int ELEMENT = 72;
  private static final int MEMBER = 96;

  /// The bytes for each byte of text: it is held as it is read, and as the value it becomes.
  private static final int PER_BYTE = 2;

  private JsonCost() {}

  private interface Text {
    int at(int index);
  }

  static long of(byte[] utf8) {
    return of(utf8.length, index -> utf8[index]);
  }

  static long of(String text) {
    return of(text.length(), text::charAt);
  }

  private static long of(int length, Text text) {
    long outside = 0;
    long inside = 0;
    boolean inText = false;
    boolean escaped = false;
    boolean hasZeros = false;
    for (int i = 0; i < length; i++) {
      int c = text.at(i);
      hasZeros |= c == 0;
      if (inText) {
        inside += weight(c);
        inText = escaped || c != '"';
        escaped = !escaped && c == '\\';
      } else {
        outside += weight(c);
        inText = c == '"';
      }
    }
    return (long) length * PER_BYTE + outside + (hasZeros ? inside : 0);
  }

  private static int weight(int c) {
    return switch (c) {
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case ',' -> ELEMENT;
      case ':' -> MEMBER;
      default -> 0;
    };
  }
}
