// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.dialect.jpush.base.CallerAddresses;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.model.app.Secret;
import java.util.Optional;

/// The default configuration, some of it changed.
final class JpushConfigBuilder {
  private boolean strict = JpushConfig.DEFAULT.strict();
  private boolean emptyBodies = JpushConfig.DEFAULT.emptyBodies();
  private int broadcastsPerDay = JpushConfig.DEFAULT.broadcastsPerDay();
  private int devicesPerAlias = JpushConfig.DEFAULT.devicesPerAlias();
  private JpushConfig.Rates rates = JpushConfig.DEFAULT.rates();
  private CallerAddresses callers = JpushConfig.DEFAULT.callers();
  private Optional<JpushConfig.Developer> developer = JpushConfig.DEFAULT.developer();

  JpushConfigBuilder strict() {
    strict = true;
    return this;
  }

  JpushConfigBuilder emptyBodies() {
    emptyBodies = true;
    return this;
  }

  JpushConfigBuilder broadcastsPerDay(int most) {
    broadcastsPerDay = most;
    return this;
  }

  JpushConfigBuilder devicesPerAlias(int most) {
    devicesPerAlias = most;
    return this;
  }

  JpushConfigBuilder pushesPerMinute(int most) {
    rates = new JpushConfig.Rates(most, 0, 0, 0, 0);
    return this;
  }

  JpushConfigBuilder callers(String ranges) {
    callers = CallerAddresses.parse(ranges).orElseThrow();
    return this;
  }

  JpushConfigBuilder developer(String key, String secret) {
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
