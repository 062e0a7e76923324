// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The value of `Date`, written once a second. Source: RFC 9110, 5.6.7 and 6.6.1.
final class DateHeader {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private record Written(long second, String text) {}

  private final Clock clock;
  private volatile Written last;

  DateHeader(Clock clock) {
    this.clock = clock;
    this.last = write(clock.instant());
  }

  String now() {
    Instant now = clock.instant();
    Written written = last;
    if (written.second() != now.getEpochSecond()) {
      written = write(now);
      last = written;
    }
    return written.text();
  }

  private static Written write(Instant now) {
    return new Written(now.getEpochSecond(), FORMAT.format(now));
  }
}
