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

/// What apps have used of their quotas.
public final class QuotaCounter {

  /// `about` is what is counted apart, if not the whole app is.
  private record Name(AppId app, String about) {
    static Name of(AppId app) {
      return new Name(app, "");
    }
  }

  private final Map<Quota, RateLimit<Name>> limits = new EnumMap<>(Quota.class);

  public QuotaCounter(Map<Quota, Integer> most, ZoneId zone, Clock clock) {
    for (Quota quota : Quota.values()) {
      int limit = most.getOrDefault(quota, 0);
      limits.put(quota, new RateLimit<>(limit, quota.window(zone), clock));
    }
  }

  /// Takes one; [ErrorKind.Over] if there is none left.
  public void take(AppId app, Quota quota) {
    take(app, quota, 1);
  }

  /// Takes so many, or none if they are not left.
  public void take(AppId app, Quota quota, int count) {
    take(Name.of(app), quota, count);
  }

  /// Takes one of what is counted for `about` alone.
  public void take(AppId app, Quota quota, String about) {
    take(new Name(app, about), quota, 1);
  }

  private void take(Name name, Quota quota, int count) {
    if (limit(quota).take(name, count).isOver()) {
      throw new GetuiException(new ErrorKind.QuotaExceeded(quota));
    }
  }

  public Usage usage(AppId app, Quota quota) {
    return limit(quota).of(Name.of(app));
  }

  private RateLimit<Name> limit(Quota quota) {
    return Objects.requireNonNull(limits.get(quota));
  }
}
