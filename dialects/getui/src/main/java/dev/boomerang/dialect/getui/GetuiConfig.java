// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.limit.Quota;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/// Holds the settings of Getui's three protocols. `tokenLife`: how long a log-in is good.
/// `clockTolerance`: how far a log-in's timestamp may be from our clock; zero allows any distance.
/// `idle`: single and list pushes leave out users who were not here for longer
/// (`successed_ignore`); zero leaves out nobody. `addressSessions`: whether callers of the oldest
/// V1 libraries, which never send their token, are known by their address once they have connected.
/// `cidsPerAlias`: 0 is no limit. `quotas`: an absent quota is no limit.
public record GetuiConfig(
    ZoneId zone,
    Duration tokenLife,
    Duration clockTolerance,
    Duration idle,
    boolean addressSessions,
    Duration defaultLifetime,
    int cidsPerAlias,
    Map<Quota, Integer> quotas) {
  public GetuiConfig {
    quotas = Map.copyOf(quotas);
  }

  public static final GetuiConfig DEFAULT =
      new GetuiConfig(
          ZoneId.of("Asia/Shanghai"),
          Duration.ofDays(1),
          Duration.ofMinutes(15),
          Duration.ofDays(90),
          false,
          Duration.ofHours(2),
          10,
          Map.of());

  public GetuiConfig addressSessions(boolean allowed) {
    return new GetuiConfig(
        zone, tokenLife, clockTolerance, idle, allowed, defaultLifetime, cidsPerAlias, quotas);
  }
}
