// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

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
public final class MinuteLimits {
  /// The header's value where there is no limit: clients read it as an int, and one that paces
  /// itself by it must not wait.
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final Map<ErrorFamily, RateLimit<AppId>> limits = new EnumMap<>(ErrorFamily.class);

  public MinuteLimits(JpushConfig.Rates rates, Clock clock) {
    for (ErrorFamily errorFamily : EnumSet.complementOf(EnumSet.of(ErrorFamily.TEMPLATE))) {
      limits.put(
          errorFamily, new RateLimit<>(errorFamily.callsPerMinute(rates), Window.MINUTE, clock));
    }
    limits.put(ErrorFamily.TEMPLATE, limit(ErrorFamily.PUSH));
  }

  public RateLimit<AppId> limit(ErrorFamily errorFamily) {
    return Objects.requireNonNull(limits.get(errorFamily));
  }

  public static Reply withHeaders(Reply reply, Usage usage) {
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
