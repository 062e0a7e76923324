// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.analysis;

import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.InstantParams;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// A range of whole days: from the beginning of the day of `StartTime` to the end of the day of
/// `EndTime`. `to` is exclusive.
record DayRange(Instant from, Instant to) {
  /// Source: mPaaS "查询统计数据": from start to end at most 90 days.
  private static final long MAX_DAYS = 90;

  static DayRange read(ActionParams params, ZoneId zone) {
    LocalDate first = day(InstantParams.required(params, InstantParams.START), zone);
    LocalDate last = day(InstantParams.required(params, InstantParams.END), zone);
    if (last.isBefore(first)) {
      throw InstantParams.endBeforeStart();
    }
    if (ChronoUnit.DAYS.between(first, last) > MAX_DAYS) {
      throw ActionParams.invalid(
          InstantParams.END, "must be at most " + MAX_DAYS + " days after " + InstantParams.START);
    }
    return new DayRange(startOfDay(first, zone), startOfDay(last.plusDays(1), zone));
  }

  /// Returns the beginning of the day that a moment belongs to.
  static Instant startOfDay(Instant moment, ZoneId zone) {
    return startOfDay(day(moment, zone), zone);
  }

  private static Instant startOfDay(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static LocalDate day(Instant moment, ZoneId zone) {
    return LocalDate.ofInstant(moment, zone);
  }
}
