// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Source.Kind;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
import dev.boomerang.web.field.Json;
import java.util.List;
import java.util.OptionalInt;

/// Writes a firing with the vendor's numbers. Source: "查询定时推送任务列表" › "返回参数"; the SDKs' models for
/// the types, which have `ExecutedStatus` as text where the document says int.
public final class SchedulerItemJson {
  /// The number of a `Type` is its index in this list.
  public static final List<Kind> KINDS =
      List.of(Kind.SIMPLE, Kind.TEMPLATE, Kind.MULTIPLE, Kind.BROADCAST);

  private static final int FIXED_TIME = 1;
  private static final int CYCLE = 2;
  private static final int BY_API = 0;
  private static final String EXECUTED = "1";
  private static final String NOT_EXECUTED = "0";

  /// The vendor has no number for it.
  private static final OptionalInt NONE = OptionalInt.empty();

  private SchedulerItemJson() {}

  static ObjectNode of(ScheduledOccurrence scheduledOccurrence) {
    Schedule schedule = scheduledOccurrence.schedule();
    Occurrence occurrence = scheduledOccurrence.occurrence();
    Content content = schedule.push().content();
    ObjectNode item =
        Json.object()
            .put("UniqueId", occurrence.id().value())
            .put("ParentId", schedule.id().value())
            .put("PushTime", occurrence.dueAt().toEpochMilli())
            .put("PushTitle", title(content))
            .put("PushContent", body(content))
            .put("Type", KINDS.indexOf(schedule.push().options().source().kind()))
            .put("StrategyType", schedule.cyclic() ? CYCLE : FIXED_TIME)
            .put("ExecutedStatus", isExecuted(occurrence.status()) ? EXECUTED : NOT_EXECUTED)
            .put("CreateType", BY_API)
            .put("GmtCreate", schedule.createdAt().toEpochMilli());
    deliveryType(schedule.push().audience()).ifPresent(type -> item.put("DeliveryType", type));
    return item;
  }

  private static String title(Content content) {
    return switch (content) {
      case Content.Notification notification -> notification.title();
      case Content.DataMessage _ -> "";
      case Content.NotificationWithData notificationWithData ->
          notificationWithData.notification().title();
      case Content.PerPlatform each -> title(each.otherwise());
    };
  }

  private static String body(Content content) {
    return switch (content) {
      case Content.Notification notification -> notification.body();
      case Content.DataMessage message -> message.body();
      case Content.NotificationWithData notificationWithData ->
          notificationWithData.notification().body();
      case Content.PerPlatform each -> body(each.otherwise());
    };
  }

  /// Returns whether a firing was pushed. One that was dropped, because its lifetime was over or
  /// its push was refused, was not, although its time is past.
  private static boolean isExecuted(OccurrenceStatus occurrenceStatus) {
    return switch (occurrenceStatus) {
      case OccurrenceStatus.Fired _ -> true;
      case OccurrenceStatus.Pending _,
          OccurrenceStatus.Firing _,
          OccurrenceStatus.Cancelled _,
          OccurrenceStatus.Dropped _ ->
          false;
    };
  }

  /// Returns the type of an audience; empty for audiences that only other APIs know: aliases,
  /// segments, several platforms at once.
  private static OptionalInt deliveryType(Audience audience) {
    return switch (audience) {
      case Audience.Targeted(var targetKind, var _, var platform) ->
          switch (targetKind) {
            case USER -> OptionalInt.of(3);
            case DEVICE, REGISTRATION -> platform.map(SchedulerItemJson::deliveryType).orElse(NONE);
            case ALIAS -> NONE;
          };
      case Audience.Everyone everyone ->
          everyone.platform().map(SchedulerItemJson::deliveryType).orElse(NONE);
      case Audience.BySegment _ -> NONE;
    };
  }

  private static OptionalInt deliveryType(Platform platform) {
    return switch (platform) {
      case ANDROID -> OptionalInt.of(1);
      case IOS -> OptionalInt.of(2);
      case HARMONY -> OptionalInt.of(7);
      case QUICKAPP, WEB -> NONE;
    };
  }
}
