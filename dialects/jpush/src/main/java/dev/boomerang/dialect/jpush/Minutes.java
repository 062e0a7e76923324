// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.model.app.AppId;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Usage;
import dev.boomerang.web.limit.RateLimit.Window;
import java.time.Clock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;

/// Counts calls by app and family in windows of a minute, and says so in each reply. Template
/// pushes count among the pushes.
///
/// Source: JPush "REST API: rate limits". The first header has two names: the documents of 2019
/// call it `Quota`, all clients read `Limit`.
final class Minutes {
  /// What is said where there is no limit: clients read the header as an int, and one that paces
  /// itself by it must not wait.
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final Map<Family, RateLimit<AppId>> limits = new EnumMap<>(Family.class);

  Minutes(JpushConfig.Rates rates, Clock clock) {
    for (Family family : EnumSet.complementOf(EnumSet.of(Family.TEMPLATE))) {
      limits.put(family, new RateLimit<>(family.rate(rates), Window.MINUTE, clock));
    }
    limits.put(Family.TEMPLATE, of(Family.PUSH));
  }

  RateLimit<AppId> of(Family family) {
    return Objects.requireNonNull(limits.get(family));
  }

  static Reply on(Reply reply, Usage usage) {
    boolean isLimited = usage.limit() > 0;
    String most = Integer.toString(isLimited ? usage.limit() : NO_LIMIT);
    long seconds = Math.max(1, usage.rest().plusMillis(999).toSeconds());
    return reply
        .with("X-Rate-Limit-Limit", most)
        .with("X-Rate-Limit-Quota", most)
        .with("X-Rate-Limit-Remaining", Integer.toString(isLimited ? usage.left() : NO_LIMIT))
        .with("X-Rate-Limit-Reset", Long.toString(seconds));
  }
}
