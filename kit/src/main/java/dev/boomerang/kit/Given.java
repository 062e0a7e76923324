// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.model.App;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Callback;
import dev.boomerang.model.Recall;
import dev.boomerang.model.RecallId;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.model.TaskId;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Where tests begin: `aRegistration().ofUser("ada").build()`, `aPush().to(registration).build()`.
/// Every thing has a new id; a task made later has a higher one.
public final class Given {
  public static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");
  public static final AppId SHOP = new AppId("shop");
  public static final AppId BANK = new AppId("bank");

  private static final AtomicLong IDS = new AtomicLong(1_000);

  private Given() {}

  public static App anApp(AppId id) {
    return new App(id, "default", "The " + id, NOW);
  }

  public static RegistrationBuilder aRegistration() {
    return new RegistrationBuilder(aRegistrationId());
  }

  public static TaskBuilder aTask() {
    return new TaskBuilder(aTaskId());
  }

  public static PushBuilder aPush() {
    return new PushBuilder(aTask());
  }

  public static Recall aRecall(TaskId task, Recall.Scope scope) {
    return new Recall(new RecallId(IDS.incrementAndGet()), SHOP, task, scope, NOW);
  }

  /// To be told these events.
  public static Callback aCallback(Callback.Event... events) {
    return new Callback(
        URI.create("http://receiver.example/told"), Map.of("order", "42"), Set.of(events));
  }

  public static PlanBuilder aPlan() {
    return new PlanBuilder(aScheduleId());
  }

  public static ScheduleId aScheduleId() {
    return new ScheduleId("%032x".formatted(IDS.incrementAndGet()));
  }

  public static TaskId aTaskId() {
    return new TaskId(IDS.incrementAndGet());
  }

  public static RegistrationId aRegistrationId() {
    return new RegistrationId("%023d".formatted(IDS.incrementAndGet()));
  }
}
