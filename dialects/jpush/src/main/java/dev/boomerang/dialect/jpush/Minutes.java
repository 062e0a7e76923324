// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.model.AppId;
import dev.boomerang.web.Reply;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts calls by app and family in windows of a minute.
///
/// Source: JPush "REST API: rate limits". The first header has two names: the documents of 2019
/// call it `Quota`, all clients read `Limit`.
final class Minutes {
  private static final long WINDOW_MILLIS = 60_000;
  private static final int MOST = 10_000;

  /// What is said where there is no limit: clients read the header as an int, and one that paces
  /// itself by it must not wait.
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private record Name(AppId app, Family family) {}

  /// Of the window that began at `beganAt`, `used` calls have been made, the latest included. A
  /// `limit` of 0 is none.
  record Window(long beganAt, int used, int limit, long now) {
    boolean isOver() {
      return limit > 0 && used > limit;
    }

    Reply on(Reply reply) {
      String most = Integer.toString(limit == 0 ? NO_LIMIT : limit);
      int left = limit == 0 ? NO_LIMIT : Math.max(0, limit - used);
      long seconds = Math.max(1, (beganAt + WINDOW_MILLIS - now + 999) / 1_000);
      return reply
          .with("X-Rate-Limit-Limit", most)
          .with("X-Rate-Limit-Quota", most)
          .with("X-Rate-Limit-Remaining", Integer.toString(left))
          .with("X-Rate-Limit-Reset", Long.toString(seconds));
    }
  }

  private final JpushConfig.Rates rates;
  private final Clock clock;
  private final Map<Name, Window> windows = new ConcurrentHashMap<>();

  Minutes(JpushConfig.Rates rates, Clock clock) {
    this.rates = rates;
    this.clock = clock;
  }

  /// For a call that counts against nobody.
  Window unused(Family family) {
    long now = clock.millis();
    return new Window(now, 0, family.rate(rates), now);
  }

  Window use(AppId app, Family family) {
    long now = clock.millis();
    int limit = family.rate(rates);
    if (limit == 0) {
      return new Window(now, 1, 0, now);
    }
    if (windows.size() > MOST) {
      windows.values().removeIf(window -> now - window.beganAt() >= WINDOW_MILLIS);
    }
    return windows.compute(
        new Name(app, family),
        (_, before) ->
            before == null || now - before.beganAt() >= WINDOW_MILLIS
                ? new Window(now, 1, limit, now)
                : new Window(before.beganAt(), before.used() + 1, limit, now));
  }
}
