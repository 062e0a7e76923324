// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.field.StrategyReader;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Reads a push's `settings`. What is only for vendors' channels is checked here and kept among its
/// hints.
///
/// Source: Getui "RestAPI V2", settings.
record PushSettings(
    Duration lifetime, Strategy strategy, int perSecond, Optional<Instant> scheduleTime) {
  private static final long ONLINE_ONLY = -1;
  private static final long MAX_TTL = 259_200_000;
  private static final long MAX_SPEED = 1_000_000;
  private static final int MAX_TEXT = 1_024;

  /// Reads the settings. A `ttl` of 0 or -1 is for users who are connected now.
  static PushSettings read(Fields body, Duration defaultLifetime) {
    Fields settings = body.object("settings");
    checkOthers(settings);
    Duration lifetime =
        settings
            .number("ttl", ONLINE_ONLY, MAX_TTL)
            .map(ttl -> ttl <= 0 ? Duration.ZERO : Duration.ofMillis(ttl))
            .orElse(defaultLifetime);
    return new PushSettings(
        lifetime,
        StrategyReader.of(settings.object("strategy")),
        settings.number("speed", 0, MAX_SPEED).orElse(0L).intValue(),
        scheduleTime(settings));
  }

  /// Returns when an app push goes out; empty for at once.
  static Optional<Instant> scheduleTime(Fields settings) {
    return settings.number("schedule_time", 0, Long.MAX_VALUE / 2).map(Instant::ofEpochMilli);
  }

  /// Refuses a time on a push that goes out at once: to ignore it would send the push now.
  static void refuseScheduleTime(Fields body) {
    Fields settings = body.object("settings");
    if (settings.has("schedule_time")) {
      throw settings.invalid(
          "schedule_time", Kind.MALFORMED, "is for pushes to all and to tags only");
    }
  }

  /// Checks the form of settings that do nothing here.
  private static void checkOthers(Fields settings) {
    settings.text("custom_callback", MAX_TEXT);
    settings.number("active_days", 3, 15);
    settings.number("activate_filter_type", -1, 1);
    for (String flag : new String[] {"filter_notify_off", "need_backup", "active_push"}) {
      settings.flag(flag);
    }
  }
}
