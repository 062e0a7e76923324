// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.model.AppId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many pushes to everyone an app has made today, on this node since its start.
final class Broadcasts {
  private record Day(LocalDate day, int used) {}

  private final int most;
  private final ZoneId zone;
  private final Clock clock;
  private final Map<AppId, Day> days = new ConcurrentHashMap<>();

  Broadcasts(int most, ZoneId zone, Clock clock) {
    this.most = most;
    this.zone = zone;
    this.clock = clock;
  }

  /// Takes one of the day's. False if they are used up.
  boolean take(AppId app) {
    if (most == 0 || add(app, 1).used() <= most) {
      return true;
    }
    giveBack(app);
    return false;
  }

  /// For one that was taken and came to nothing.
  void giveBack(AppId app) {
    if (most > 0) {
      add(app, -1);
    }
  }

  private Day add(AppId app, int count) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    return days.compute(
        app,
        (_, before) ->
            new Day(
                today,
                Math.max(
                    0,
                    count + (before == null || !before.day().equals(today) ? 0 : before.used()))));
  }
}
