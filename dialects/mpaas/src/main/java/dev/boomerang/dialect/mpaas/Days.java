// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// A span of whole days: from the beginning of that of `StartTime` to the end of that of `EndTime`.
/// `to` is not part of it.
record Days(Instant from, Instant to) {
  /// Source: mPaaS "查询统计数据": from start to end at most 90 days.
  private static final long MOST = 90;

  static Days of(Args args, ZoneId zone) {
    LocalDate first = day(Moments.filled(args, Moments.START), zone);
    LocalDate last = day(Moments.filled(args, Moments.END), zone);
    if (last.isBefore(first)) {
      throw Moments.endBeforeStart();
    }
    if (ChronoUnit.DAYS.between(first, last) > MOST) {
      throw Args.invalid(Moments.END, "must be at most " + MOST + " days after " + Moments.START);
    }
    return new Days(begin(first, zone), begin(last.plusDays(1), zone));
  }

  /// The beginning of the day a moment belongs to.
  static Instant begin(Instant moment, ZoneId zone) {
    return begin(day(moment, zone), zone);
  }

  private static Instant begin(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static LocalDate day(Instant moment, ZoneId zone) {
    return LocalDate.ofInstant(moment, zone);
  }
}
