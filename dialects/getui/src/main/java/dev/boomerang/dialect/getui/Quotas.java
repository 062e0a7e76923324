// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.model.AppId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What apps have used of their quotas, on this node since its start. Minutes begin with their
/// first call, days at midnight.
public final class Quotas {
  /// Beyond this many counters those whose window is over are dropped.
  private static final int MOST = 100_000;

  private record Name(AppId app, Quota quota, String about) {}

  private record Used(Instant until, long count) {}

  private final Map<Quota, Integer> limits;
  private final ZoneId zone;
  private final Clock clock;
  private final Map<Name, Used> counters = new ConcurrentHashMap<>();

  Quotas(Map<Quota, Integer> limits, ZoneId zone, Clock clock) {
    this.limits = Map.copyOf(limits);
    this.zone = zone;
    this.clock = clock;
  }

  /// Takes one; [Trouble.Over] if there is none left.
  public void take(AppId app, Quota quota) {
    take(app, quota, "", 1);
  }

  /// Takes `count` of what is counted for `about` alone; nothing is taken if they are not left.
  public void take(AppId app, Quota quota, String about, int count) {
    int limit = limit(quota);
    if (limit == 0) {
      return;
    }
    Instant now = clock.instant();
    if (counters.size() > MOST) {
      counters.values().removeIf(used -> !used.until().isAfter(now));
    }
    var enough = new boolean[1];
    counters.compute(
        new Name(app, quota, about),
        (_, before) -> {
          Used used =
              before == null || !before.until().isAfter(now)
                  ? new Used(end(quota, now), 0)
                  : before;
          enough[0] = used.count() + count <= limit;
          return enough[0] ? new Used(used.until(), used.count() + count) : used;
        });
    if (!enough[0]) {
      throw new GetuiFault(new Trouble.Over(quota));
    }
  }

  /// 0 for none.
  public int limit(Quota quota) {
    return limits.getOrDefault(quota, 0);
  }

  public long used(AppId app, Quota quota) {
    Used used = counters.get(new Name(app, quota, ""));
    return used == null || !used.until().isAfter(clock.instant()) ? 0 : used.count();
  }

  private Instant end(Quota quota, Instant now) {
    return switch (quota.window()) {
      case MINUTE -> now.plus(quota.window().length());
      case DAY -> now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    };
  }
}
