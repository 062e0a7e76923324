// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import dev.boomerang.model.push.Recall;
import java.time.Duration;

/// Holds what the engine accepts at most, whatever the dialect; each dialect may allow less.
/// `retention` is how long tasks and deliveries are kept, counted from acceptance. `mailbox`: of
/// what waits for a device, this many of the newest are kept for it when it connects; 0 for all.
/// `removedIds` is how long the id of a registration that left is remembered as such.
public record Limits(
    int maxTargets,
    int maxRows,
    int mailbox,
    int maxPayloadBytes,
    Duration maxLifetime,
    Duration retention,
    PerApp perApp,
    Duration removedIds) {

  public Limits(
      int maxTargets,
      int maxRows,
      int mailbox,
      int maxPayloadBytes,
      Duration maxLifetime,
      Duration retention,
      PerApp perApp) {
    this(
        maxTargets,
        maxRows,
        mailbox,
        maxPayloadBytes,
        maxLifetime,
        retention,
        perApp,
        Duration.ofDays(90));
  }

  /// Limits what one app may hold. `schedules` counts those with firings still to come. `horizon`:
  /// how far ahead a firing may lie. Sources: mPaaS: 100 templates, 100 pending schedules; JPush:
  /// at most one year ahead.
  public record PerApp(int templates, int schedules, Duration horizon) {
    public static final PerApp DEFAULT = new PerApp(100, 100, Duration.ofDays(366));
  }

  public static final Limits DEFAULT =
      new Limits(
          1_000, 1_000, 0, 64 * 1024, Duration.ofDays(30), Duration.ofDays(37), PerApp.DEFAULT);

  public Limits {
    if (maxLifetime.plus(Recall.WINDOW).compareTo(retention) > 0) {
      throw new IllegalArgumentException(
          "retention must be at least the longest lifetime and 7 days, so that what can be recalled"
              + " is still kept");
    }
  }
}
