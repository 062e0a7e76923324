// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/// Reads and writes times in this protocol's formats.
final class TimeFormats {
  private static final DateTimeFormatter MINUTE = strict("uuuuMMddHHmm");
  private static final DateTimeFormatter SECOND = strict("uuuuMMddHHmmss");
  static final DateTimeFormatter DAY = strict("uuuuMMdd");

  /// Writes a time as Java's own `Date` prints itself.
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss z uuuu", Locale.ENGLISH);

  private TimeFormats() {}

  /// Returns a format that refuses days that do not exist, such as February 30.
  private static DateTimeFormatter strict(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /// Returns when an app push goes out; empty for at once.
  static Optional<Instant> pushTime(Fields fields, ZoneId zone) {
    return LenientFields.name(fields, "pushTime")
        .map(
            text -> {
              try {
                return LocalDateTime.parse(text, MINUTE).atZone(zone).toInstant();
              } catch (DateTimeException _) {
                throw fields.invalid("pushTime", Kind.MALFORMED, "must be yyyyMMddHHmm");
              }
            });
  }

  static String day(LocalDate date) {
    return DAY.format(date);
  }

  static String second(Instant at, ZoneId zone) {
    return SECOND.format(at.atZone(zone));
  }

  /// Returns a time with the names of day, month and zone in English, whatever the server's
  /// language.
  static String longForm(Instant at, ZoneId zone) {
    return LONG.format(at.atZone(zone));
  }
}
