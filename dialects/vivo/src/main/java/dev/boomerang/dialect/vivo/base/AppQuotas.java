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

/// Counts what each app uses of its quotas, by the second and by the day. Each `take…` method
/// throws a [VivoException] if there is not enough left.
public final class AppQuotas {

  /// System and operational messages are counted apart.
  private record MessageClass(AppId app, boolean system) {}

  private final VivoConfig config;
  private final Clock clock;
  private final RateLimit<AppId> auths;
  private final RateLimit<AppId> statusQueries;
  private final RateLimit<AppId> pushRate;
  private final RateLimit<MessageClass> pushes;
  private final RateLimit<AppId> listPayloads;
  private final RateLimit<AppId> broadcasts;

  public AppQuotas(VivoConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    var day = new Window.Day(config.zone());
    VivoConfig.Quotas limits = config.quotas();
    auths = new RateLimit<>(limits.authsPerSecond(), Window.SECOND, clock);
    statusQueries = new RateLimit<>(limits.statusQueriesPerSecond(), Window.SECOND, clock);
    pushRate = new RateLimit<>(limits.pushesPerSecond(), Window.SECOND, clock);
    pushes = new RateLimit<>(limits.pushesPerDay(), day, clock);
    listPayloads = new RateLimit<>(limits.listPayloadsPerDay(), day, clock);
    broadcasts = new RateLimit<>(limits.broadcastsPerDay(), day, clock);
  }

  public void takeAuth(AppId app) {
    require(auths.allows(app), VivoError.AUTH_RATE);
  }

  public void takeStatusQuery(AppId app) {
    require(statusQueries.allows(app), VivoError.TOO_FAST);
  }

  /// Counts a message to `users` users.
  public void takePushes(AppId app, boolean system, int users) {
    takeTagPush(app, system);
    require(!pushes.take(new MessageClass(app, system), users).isOver(), VivoError.PUSH_QUOTA);
  }

  public void takeListPayload(AppId app) {
    require(listPayloads.allows(app), VivoError.LIST_QUOTA);
  }

  /// Counts a message to everyone.
  public void takeBroadcast(AppId app, boolean system) {
    takeTagPush(app, system);
    require(broadcasts.allows(app), VivoError.BROADCAST_QUOTA);
  }

  /// Counts a message to tags, which has no quota by the day: it must fit the sending hours and the
  /// rate by the second.
  public void takeTagPush(AppId app, boolean system) {
    LocalTime now = LocalTime.ofInstant(clock.instant(), config.zone());
    boolean isSendingTime =
        config.operationalHours().map(hours -> hours.contains(now)).orElse(true);
    require(system || isSendingTime, VivoError.HOURS);
    require(pushRate.allows(app), VivoError.TOO_FAST);
  }

  /// Counts a recall of the messages of `users` users. It counts as pushes do, but is allowed at
  /// any hour.
  public void takeRecalls(AppId app, boolean system, int users) {
    require(pushRate.allows(app), VivoError.TOO_FAST);
    require(!pushes.take(new MessageClass(app, system), users).isOver(), VivoError.PUSH_QUOTA);
  }

  private static void require(boolean allowed, VivoError error) {
    if (!allowed) {
      throw new VivoException(error);
    }
  }

  /// Writes all limits, where 0 is none, and for those that exist what is used of them today.
  public void write(AppId app, ObjectNode json) {
    VivoConfig.Quotas limits = config.quotas();
    json.put("pushesPerSecond", limits.pushesPerSecond())
        .put("pushesPerDay", limits.pushesPerDay())
        .put("listPayloadsPerDay", limits.listPayloadsPerDay())
        .put("broadcastsPerDay", limits.broadcastsPerDay())
        .put("messagesPerDevicePerDay", limits.messagesPerDevicePerDay());
    write(json, "systemPushesToday", pushes.of(new MessageClass(app, true)));
    write(json, "operationalPushesToday", pushes.of(new MessageClass(app, false)));
    write(json, "listPayloadsToday", listPayloads.of(app));
    write(json, "broadcastsToday", broadcasts.of(app));
  }

  private static void write(ObjectNode json, String name, Usage usage) {
    if (usage.limit() > 0) {
      json.put(name, usage.used());
    }
  }
}
