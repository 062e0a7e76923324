// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import java.time.Duration;

/// What the engine accepts at most, whatever the dialect; each dialect may allow less. `retention`
/// is how long tasks and deliveries are kept, counted from acceptance.
public record Limits(
    int maxTargets, int maxPayloadBytes, Duration maxLifetime, Duration retention) {
  public static final Limits DEFAULT =
      new Limits(1_000, 64 * 1024, Duration.ofDays(30), Duration.ofDays(37));

  public Limits {
    if (maxLifetime.plus(dev.boomerang.model.Recall.WINDOW).compareTo(retention) > 0) {
      throw new IllegalArgumentException(
          "retention must be at least the longest lifetime and 7 days, so that what can be recalled"
              + " is still kept");
    }
  }
}
