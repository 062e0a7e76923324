// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.limit;

import dev.boomerang.model.app.AppId;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Usage;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Counts what apps have used of their quotas.
public final class QuotaCounter {

  /// Identifies a counter. `subject` is what is counted by itself; it is empty if the whole app is.
  private record CounterKey(AppId app, String subject) {
    static CounterKey of(AppId app) {
      return new CounterKey(app, "");
    }
  }

  private final Map<Quota, RateLimit<CounterKey>> limits = new EnumMap<>(Quota.class);

  public QuotaCounter(Map<Quota, Integer> limitByQuota, ZoneId zone, Clock clock) {
    for (Quota quota : Quota.values()) {
      int limit = limitByQuota.getOrDefault(quota, 0);
      limits.put(quota, new RateLimit<>(limit, quota.window(zone), clock));
    }
  }

  /// Takes one; throws [ErrorKind.QuotaExceeded] if none is left.
  public void take(AppId app, Quota quota) {
    take(app, quota, 1);
  }

  /// Takes `count`, or nothing if fewer are left.
  public void take(AppId app, Quota quota, int count) {
    take(CounterKey.of(app), quota, count);
  }

  /// Takes one of what is counted for `subject` alone.
  public void take(AppId app, Quota quota, String subject) {
    take(new CounterKey(app, subject), quota, 1);
  }

  private void take(CounterKey key, Quota quota, int count) {
    if (limit(quota).take(key, count).isOver()) {
      throw new GetuiException(new ErrorKind.QuotaExceeded(quota));
    }
  }

  public Usage usage(AppId app, Quota quota) {
    return limit(quota).of(CounterKey.of(app));
  }

  private RateLimit<CounterKey> limit(Quota quota) {
    return Objects.requireNonNull(limits.get(quota));
  }
}
