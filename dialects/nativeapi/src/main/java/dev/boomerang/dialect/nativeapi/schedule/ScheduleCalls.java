// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.base.NativeOrigin;
import dev.boomerang.dialect.nativeapi.request.PageRequest;
import dev.boomerang.dialect.nativeapi.task.RecallCalls;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.model.app.App;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.port.ScheduleStore.Filter;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `/api/v1/schedules` and `/api/v1/occurrences`: pushes to come, what became of those that were
/// due, and taking them back.
public final class ScheduleCalls {
  private final Schedules schedules;

  public ScheduleCalls(Schedules schedules) {
    this.schedules = schedules;
  }

  /// Occurrences of all schedules in the order in which they are due.
  public Reply list(App app, Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    PageRequest pageRequest = PageRequest.of(query);
    query.refuseUnread();
    var filter = new Filter(app.id(), pageRequest.span().from(), pageRequest.span().to());
    var list = Json.array();
    schedules
        .list(filter, pageRequest.skip(), pageRequest.limit())
        .forEach(scheduledOccurrence -> list.add(json(scheduledOccurrence.occurrence())));
    ObjectNode body = Json.object().put("total", schedules.count(filter));
    return Reply.json(200, Json.write(body.set("occurrences", list)));
  }

  public Reply one(App app, Call call) {
    return id(call)
        .flatMap(id -> schedules.find(app.id(), id))
        .map(found -> json(found, schedules.ofSchedule(app.id(), found.id())))
        .map(json -> Reply.json(200, Json.write(json)))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Cancels what is to come and leaves what has fired.
  public Reply cancel(App app, Call call) {
    return id(call)
        .flatMap(id -> schedules.find(app.id(), id))
        .map(found -> cancelled(schedules.cancel(app.id(), found.id())))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Cancels one firing and returns how many that were: 0 if it has fired or was cancelled before.
  public Reply cancelOccurrence(App app, Call call) {
    return id(call)
        .flatMap(id -> schedules.occurrence(app.id(), id))
        .map(ScheduledOccurrence::occurrence)
        .map(found -> cancelled(schedules.cancelOccurrence(app.id(), found.id()) ? 1 : 0))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Cancels what is to come and recalls what has fired.
  public Reply recall(App app, Call call) {
    return id(call)
        .flatMap(id -> schedules.recall(app.id(), id, NativeOrigin.NAME))
        .map(
            recalled -> {
              var list = Json.array();
              recalled.fired().forEach(outcome -> list.add(json(outcome)));
              ObjectNode json = Json.object().put("cancelled", recalled.cancelled());
              return Reply.json(200, Json.write(json.set("recalls", list)));
            })
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  private static Optional<ScheduleId> id(Call call) {
    return ScheduleId.parse(call.param("id"));
  }

  private static Reply cancelled(int count) {
    return Reply.json(200, Json.write(Json.object().put("cancelled", count)));
  }

  /// A firing that cannot be recalled any more, or whose task is cleared, says why in `error`.
  private static ObjectNode json(RecallResult outcome) {
    return switch (outcome) {
      case RecallResult.Active active -> RecallCalls.json(active);
      case RecallResult.TooOld _ -> Json.object().put("error", NativeError.TOO_OLD.code());
      case RecallResult.NotFound _, RecallResult.Preview _ ->
          Json.object().put("error", NativeError.NOT_FOUND.code());
    };
  }

  private static ObjectNode json(Schedule schedule, List<ScheduledOccurrence> scheduledOccurrence) {
    var list = Json.array();
    scheduledOccurrence.forEach(one -> list.add(json(one.occurrence())));
    return Json.object()
        .put("id", schedule.id().value())
        .put("name", schedule.push().name())
        .put("origin", schedule.push().options().source().origin())
        .put("kind", schedule.push().options().source().kind().wire())
        .put("cyclic", schedule.cyclic())
        .put("createdAt", schedule.createdAt().toEpochMilli())
        .set("occurrences", list);
  }

  private static ObjectNode json(Occurrence occurrence) {
    ObjectNode json =
        Json.object()
            .put("id", occurrence.id().value())
            .put("schedule", occurrence.schedule().value())
            .put("dueAt", occurrence.dueAt().toEpochMilli());
    return switch (occurrence.status()) {
      case OccurrenceStatus.Pending _ -> json.put("fate", "pending");
      case OccurrenceStatus.Firing _ -> json.put("fate", "firing");
      case OccurrenceStatus.Fired(var task, Instant at) ->
          json.put("fate", "fired")
              .put("at", at.toEpochMilli())
              .put("latenessMillis", Duration.between(occurrence.dueAt(), at).toMillis())
              .put("task", task.toString());
      case OccurrenceStatus.Cancelled(Instant at) ->
          json.put("fate", "cancelled").put("at", at.toEpochMilli());
      case OccurrenceStatus.Dropped(Instant at, String reason) ->
          json.put("fate", "dropped").put("at", at.toEpochMilli()).put("reason", reason);
    };
  }
}
