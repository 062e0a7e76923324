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

  boolean allow(AppId app) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    Day now =
        days.compute(
            app,
            (_, before) ->
                before == null || !before.day().equals(today)
                    ? new Day(today, 1)
                    : new Day(today, before.used() + 1));
    return most == 0 || now.used() <= most;
  }
}
