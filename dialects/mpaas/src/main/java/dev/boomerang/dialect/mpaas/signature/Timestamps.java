// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/// Parses the only time format of both schemes: `yyyy-MM-ddTHH:mm:ssZ`, UTC.
public final class Timestamps {
  private static final String SHAPE = "0000-00-00T00:00:00Z";

  private Timestamps() {}

  /// Returns the seconds since 1970; empty if `text` is anything else.
  public static OptionalLong parse(String text) {
    if (text.length() != SHAPE.length()) {
      return OptionalLong.empty();
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char c = text.charAt(i);
      char wanted = SHAPE.charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return OptionalLong.empty();
      }
    }
    try {
      return OptionalLong.of(
          LocalDateTime.of(
                  number(text, 0, 4),
                  number(text, 5, 7),
                  number(text, 8, 10),
                  number(text, 11, 13),
                  number(text, 14, 16),
                  number(text, 17, 19))
              .toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }

  private static int number(String text, int start, int end) {
    return Integer.parseInt(text, start, end, 10);
  }
}
