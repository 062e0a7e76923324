// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How much of something each name may use a day, on this node since its start. Zero means no
/// limit.
public final class DailyLimit {
  /// Beyond this many names those of other days are dropped.
  private static final int NAMES = 10_000;

  private record Day(LocalDate day, int used) {}

  private final int most;
  private final ZoneId zone;
  private final Clock clock;
  private final Map<String, Day> days = new ConcurrentHashMap<>();

  /// Days begin at midnight in `zone`.
  public DailyLimit(int most, ZoneId zone, Clock clock) {
    this.most = most;
    this.zone = zone;
    this.clock = clock;
  }

  /// Takes so many of the day's; takes none, and answers false, if that is more than are left.
  public boolean take(String name, int count) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    if (days.size() > NAMES) {
      days.values().removeIf(day -> !day.day().equals(today));
    }
    var taken = new boolean[1];
    days.compute(
        name,
        (_, before) -> {
          int used = before == null || !before.day().equals(today) ? 0 : before.used();
          taken[0] = most == 0 || used + count <= most;
          return new Day(today, taken[0] ? used + count : used);
        });
    return taken[0];
  }

  /// For what was taken today and came to nothing.
  public void giveBack(String name, int count) {
    days.computeIfPresent(
        name, (_, before) -> new Day(before.day(), Math.max(0, before.used() - count)));
  }

  /// What was taken today.
  public int used(String name) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    Day day = days.getOrDefault(name, new Day(today, 0));
    return day.day().equals(today) ? day.used() : 0;
  }
}
