// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/// Times as JPush writes them: without a zone, meaning that of the configuration.
public final class TimeFormats {
  private static final DateTimeFormatter SECOND = strict("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter DAY = strict("uuuu-MM-dd");
  private static final DateTimeFormatter TIME = strict("HH:mm:ss");

  private TimeFormats() {}

  public static DateTimeFormatter strict(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
  }

  public static String second(Instant time, ZoneId zone) {
    return SECOND.format(time.atZone(zone));
  }

  public static String day(Instant time, ZoneId zone) {
    return DAY.format(time.atZone(zone));
  }

  private interface Parser<T> {
    T parse(String text);
  }

  public static Optional<LocalDateTime> second(String text) {
    return parsed(text, it -> LocalDateTime.parse(it, SECOND));
  }

  public static Optional<LocalDate> day(String text) {
    return parsed(text, it -> LocalDate.parse(it, DAY));
  }

  public static Optional<LocalTime> time(String text) {
    return parsed(text, it -> LocalTime.parse(it, TIME));
  }

  private static <T> Optional<T> parsed(String text, Parser<T> parser) {
    try {
      return Optional.of(parser.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
