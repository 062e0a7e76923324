// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.model.app.Secret;
import java.util.Optional;

/// The default configuration, some of it changed.
final class Configured {
  private boolean strict = JpushConfig.DEFAULT.strict();
  private boolean emptyBodies = JpushConfig.DEFAULT.emptyBodies();
  private int broadcastsPerDay = JpushConfig.DEFAULT.broadcastsPerDay();
  private int devicesPerAlias = JpushConfig.DEFAULT.devicesPerAlias();
  private JpushConfig.Rates rates = JpushConfig.DEFAULT.rates();
  private CallerAddresses callers = JpushConfig.DEFAULT.callers();
  private Optional<JpushConfig.Developer> developer = JpushConfig.DEFAULT.developer();

  Configured strict() {
    strict = true;
    return this;
  }

  Configured emptyBodies() {
    emptyBodies = true;
    return this;
  }

  Configured broadcastsPerDay(int most) {
    broadcastsPerDay = most;
    return this;
  }

  Configured devicesPerAlias(int most) {
    devicesPerAlias = most;
    return this;
  }

  Configured pushesPerMinute(int most) {
    rates = new JpushConfig.Rates(most, 0, 0, 0, 0);
    return this;
  }

  Configured callers(String ranges) {
    callers = CallerAddresses.parse(ranges).orElseThrow();
    return this;
  }

  Configured developer(String key, String secret) {
    developer = Optional.of(new JpushConfig.Developer(key, new Secret(secret)));
    return this;
  }

  JpushConfig get() {
    JpushConfig d = JpushConfig.DEFAULT;
    return new JpushConfig(
        d.recallWindow(),
        d.overrideWindow(),
        strict,
        emptyBodies,
        d.maxPayloadBytes(),
        d.maxIosBytes(),
        broadcastsPerDay,
        devicesPerAlias,
        rates,
        d.zone(),
        callers,
        developer);
  }
}
