// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Usage;
import dev.boomerang.web.limit.RateLimit.Window;
import java.time.Clock;
import java.time.LocalTime;

/// Counts what an app uses. Whoever takes more than there is gets a [VivoException].
public final class AppQuotas {

  /// System and operational messages are counted apart.
  private record QuotaKey(AppId app, boolean system) {}

  private final VivoConfig config;
  private final Clock clock;
  private final RateLimit<AppId> auths;
  private final RateLimit<AppId> statusQueries;
  private final RateLimit<AppId> speed;
  private final RateLimit<QuotaKey> pushes;
  private final RateLimit<AppId> listPayloads;
  private final RateLimit<AppId> broadcasts;

  public AppQuotas(VivoConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    var day = new Window.Day(config.zone());
    VivoConfig.Quotas most = config.quotas();
    auths = new RateLimit<>(most.authsPerSecond(), Window.SECOND, clock);
    statusQueries = new RateLimit<>(most.statusQueriesPerSecond(), Window.SECOND, clock);
    speed = new RateLimit<>(most.pushesPerSecond(), Window.SECOND, clock);
    pushes = new RateLimit<>(most.pushesPerDay(), day, clock);
    listPayloads = new RateLimit<>(most.listPayloadsPerDay(), day, clock);
    broadcasts = new RateLimit<>(most.broadcastsPerDay(), day, clock);
  }

  public void takeAuth(AppId app) {
    check(auths.allows(app), VivoError.AUTH_RATE);
  }

  public void takeStatusQuery(AppId app) {
    check(statusQueries.allows(app), VivoError.TOO_FAST);
  }

  /// A message for so many users.
  public void takePushes(AppId app, boolean system, int users) {
    takeTagPush(app, system);
    check(!pushes.take(new QuotaKey(app, system), users).isOver(), VivoError.PUSH_QUOTA);
  }

  public void takeListPayload(AppId app) {
    check(listPayloads.allows(app), VivoError.LIST_QUOTA);
  }

  /// A message for everyone.
  public void takeBroadcast(AppId app, boolean system) {
    takeTagPush(app, system);
    check(broadcasts.allows(app), VivoError.BROADCAST_QUOTA);
  }

  /// A message for those of a tag.
  public void takeTagPush(AppId app, boolean system) {
    LocalTime now = LocalTime.ofInstant(clock.instant(), config.zone());
    check(
        system || config.operationalHours().map(hours -> hours.contains(now)).orElse(true),
        VivoError.HOURS);
    check(speed.allows(app), VivoError.TOO_FAST);
  }

  /// A recall of so many users' messages: it counts as pushes do, and is good at any hour.
  public void takeRecalls(AppId app, boolean system, int users) {
    check(speed.allows(app), VivoError.TOO_FAST);
    check(!pushes.take(new QuotaKey(app, system), users).isOver(), VivoError.PUSH_QUOTA);
  }

  private static void check(boolean allowed, VivoError error) {
    if (!allowed) {
      throw new VivoException(error);
    }
  }

  /// The limits, of which 0 is none, and what is used today of those that there are.
  public void write(AppId app, ObjectNode json) {
    VivoConfig.Quotas most = config.quotas();
    json.put("pushesPerSecond", most.pushesPerSecond())
        .put("pushesPerDay", most.pushesPerDay())
        .put("listPayloadsPerDay", most.listPayloadsPerDay())
        .put("broadcastsPerDay", most.broadcastsPerDay())
        .put("messagesPerDevicePerDay", most.messagesPerDevicePerDay());
    write(json, "systemPushesToday", pushes.of(new QuotaKey(app, true)));
    write(json, "operationalPushesToday", pushes.of(new QuotaKey(app, false)));
    write(json, "listPayloadsToday", listPayloads.of(app));
    write(json, "broadcastsToday", broadcasts.of(app));
  }

  private static void write(ObjectNode json, String name, Usage usage) {
    if (usage.limit() > 0) {
      json.put(name, usage.used());
    }
  }
}
