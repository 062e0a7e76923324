// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A token bucket per name: `perSecond` calls a second, and as many at once after a quiet second.
/// Zero means no limit.
public final class RateLimit {
  /// Beyond this many names the ones at rest are dropped; they would be full again anyway.
  private static final int NAMES = 10_000;

  private record Bucket(double tokens, long atMillis) {}

  private final int perSecond;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  public RateLimit(int perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /// Takes one token of `name`'s; false if there is none.
  public boolean allow(String name) {
    if (perSecond == 0) {
      return true;
    }
    long now = clock.millis();
    if (buckets.size() > NAMES) {
      buckets.values().removeIf(bucket -> now - bucket.atMillis() > 1_000);
    }
    var allowed = new boolean[1];
    buckets.compute(
        name,
        (_, before) -> {
          double tokens = before == null ? perSecond : refilled(before, now);
          allowed[0] = tokens >= 1;
          return new Bucket(allowed[0] ? tokens - 1 : tokens, now);
        });
    return allowed[0];
  }

  private double refilled(Bucket before, long now) {
    double fresh = Math.max(0, now - before.atMillis()) * perSecond / 1_000.0;
    return Math.min(perSecond, before.tokens() + fresh);
  }
}
