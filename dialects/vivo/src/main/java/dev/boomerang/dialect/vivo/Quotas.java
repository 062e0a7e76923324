// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.AppId;
import dev.boomerang.web.DailyLimit;
import dev.boomerang.web.RateLimit;
import java.time.Clock;
import java.time.LocalTime;

/// Counts what an app uses. Whoever takes more than there is gets a [VivoFault].
final class Quotas {
  private final VivoConfig config;
  private final Clock clock;
  private final RateLimit auths;
  private final RateLimit statusQueries;
  private final RateLimit speed;
  private final DailyLimit pushes;
  private final DailyLimit listPayloads;
  private final DailyLimit broadcasts;

  Quotas(VivoConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    VivoConfig.Quotas most = config.quotas();
    auths = new RateLimit(most.authsPerSecond(), clock);
    statusQueries = new RateLimit(most.statusQueriesPerSecond(), clock);
    speed = new RateLimit(most.pushesPerSecond(), clock);
    pushes = new DailyLimit(most.pushesPerDay(), config.zone(), clock);
    listPayloads = new DailyLimit(most.listPayloadsPerDay(), config.zone(), clock);
    broadcasts = new DailyLimit(most.broadcastsPerDay(), config.zone(), clock);
  }

  void takeAuth(AppId app) {
    check(auths.allow(app.value()), VivoError.AUTH_RATE);
  }

  void takeStatusQuery(AppId app) {
    check(statusQueries.allow(app.value()), VivoError.TOO_FAST);
  }

  /// A message for so many users.
  void takePushes(AppId app, boolean system, int users) {
    takeTime(app, system);
    check(pushes.take(name(app, system), users), VivoError.PUSH_QUOTA);
  }

  void takeListPayload(AppId app) {
    check(listPayloads.take(app.value(), 1), VivoError.LIST_QUOTA);
  }

  /// A message for everyone.
  void takeBroadcast(AppId app, boolean system) {
    takeTime(app, system);
    check(broadcasts.take(app.value(), 1), VivoError.BROADCAST_QUOTA);
  }

  /// A message for those of a tag.
  void takeTime(AppId app, boolean system) {
    LocalTime now = LocalTime.ofInstant(clock.instant(), config.zone());
    check(system || config.hours().map(hours -> hours.has(now)).orElse(true), VivoError.HOURS);
    check(speed.allow(app.value()), VivoError.TOO_FAST);
  }

  /// A recall of so many users' messages: it counts as pushes do, and is good at any hour.
  void takeRecalls(AppId app, boolean system, int users) {
    check(speed.allow(app.value()), VivoError.TOO_FAST);
    check(pushes.take(name(app, system), users), VivoError.PUSH_QUOTA);
  }

  private static String name(AppId app, boolean system) {
    return app.value() + (system ? " system" : " operational");
  }

  private static void check(boolean allowed, VivoError error) {
    if (!allowed) {
      throw new VivoFault(error);
    }
  }

  /// The limits, and what is used of them today. A limit of 0 is none.
  void tell(AppId app, ObjectNode json) {
    VivoConfig.Quotas most = config.quotas();
    json.put("pushesPerSecond", most.pushesPerSecond())
        .put("pushesPerDay", most.pushesPerDay())
        .put("systemPushesToday", pushes.used(name(app, true)))
        .put("operationalPushesToday", pushes.used(name(app, false)))
        .put("listPayloadsPerDay", most.listPayloadsPerDay())
        .put("listPayloadsToday", listPayloads.used(app.value()))
        .put("broadcastsPerDay", most.broadcastsPerDay())
        .put("broadcastsToday", broadcasts.used(app.value()));
  }
}
