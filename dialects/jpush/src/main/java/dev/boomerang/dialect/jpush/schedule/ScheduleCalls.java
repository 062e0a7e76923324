// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.CidKeys;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.request.PushRequest;
import dev.boomerang.dialect.jpush.request.PushRequestReader;
import dev.boomerang.dialect.jpush.request.TemplateLookup;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.engine.schedule.Schedules.Draft;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.QueryParameters;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Serves `/v3/schedules`. A message to override is looked for when a schedule fires, not before.
///
/// Source: JPush "Schedule API v3".
public final class ScheduleCalls {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 1_000_000;

  private final Schedules schedules;
  private final Templates templates;
  private final PushRequestReader pushRequestReader;
  private final CidKeys cidKeys;
  private final JpushConfig config;
  private final Clock clock;

  public ScheduleCalls(
      Engine engine, PushRequestReader pushRequestReader, JpushConfig config, Clock clock) {
    this.schedules = engine.schedules();
    this.templates = engine.templates();
    this.pushRequestReader = pushRequestReader;
    this.cidKeys = new CidKeys(clock);
    this.config = config;
    this.clock = clock;
  }

  /// Creates a schedule. With a `cid` that was used before it changes nothing and gives the first
  /// answer, whatever else it says now, as long as the schedule is there.
  public Reply create(Caller caller, Call call) {
    ObjectNode body = ScheduleJson.body(call.body());
    Optional<RequestKey> cid = cidKeys.requestKey(Fields.of(body), caller.key());
    Schedule schedule =
        cid.flatMap(key -> existing(caller.app().id(), key))
            .orElseGet(() -> create(caller, ScheduleJson.of(body), cid));
    return Reply.json(
        200,
        Json.write(
            Json.object()
                .put("schedule_id", ScheduleJson.id(schedule))
                .put("name", ScheduleJson.of(schedule).name())));
  }

  public Schedule create(Caller caller, ScheduleJson scheduleJson, Optional<RequestKey> cid) {
    Draft draft = draft(caller, scheduleJson);
    if (!draft.active()) {
      throw invalid("enabled must be true");
    }
    return accepted(
        cid.map(key -> schedules.schedule(key, draft)).orElseGet(() -> schedules.schedule(draft)));
  }

  private Optional<Schedule> existing(AppId app, RequestKey key) {
    return schedules.find(app, ScheduleId.of(app, key));
  }

  private Draft draft(Caller caller, ScheduleJson scheduleJson) {
    try {
      return scheduleJson.draft(caller.app(), this::push, config);
    } catch (JpushException fault) {
      throw invalid(fault.description());
    }
  }

  /// Reads the push of a schedule; if it names a template, it is made from it.
  private Push push(App app, Fields push) {
    PushRequest pushRequest =
        push.has(TemplateLookup.MEMBER)
            ? pushRequestReader.read(
                app, TemplateLookup.find(templates, app.id(), push, TemplateLookup.MEMBER), push)
            : pushRequestReader.read(app, push);
    return pushRequest.push();
  }

  private static JpushException invalid(String why) {
    return new JpushException(JpushError.SCHEDULE_INVALID, why);
  }

  private static Schedule accepted(ScheduleResult scheduleResult) {
    return switch (scheduleResult) {
      case ScheduleResult.Accepted(var schedule, var _) -> schedule;
      case ScheduleResult.Refused(var why) -> throw invalid(why.reason());
      case ScheduleResult.Past _ -> throw invalid("trigger names no time that lies ahead");
      case ScheduleResult.TooFar(var horizon) ->
          throw invalid("trigger lies more than " + horizon.toDays() + " days ahead");
      case ScheduleResult.TooMany(int limit) ->
          throw invalid("there are " + limit + " schedules with pushes to come already");
    };
  }

  /// Lists the schedules whose last firing lies ahead, the oldest first.
  public Reply list(Caller caller, Call call) {
    AppId app = caller.app().id();
    long page =
        Fields.of(QueryParameters.parse(call.query())).number("page", 1, MAX_PAGE).orElse(1L);
    int total = schedules.countActive(app, JpushConfig.ORIGIN);
    ObjectNode body =
        Json.object()
            .put("total_count", total)
            .put("total_pages", (total + PAGE - 1) / PAGE)
            .put("page", page);
    ArrayNode list = body.putArray("schedules");
    schedules
        .listActive(app, JpushConfig.ORIGIN, (int) (page - 1) * PAGE, PAGE)
        .forEach(schedule -> list.add(ScheduleJson.of(schedule).json(schedule)));
    return Reply.json(200, Json.write(body));
  }

  public Reply show(Caller caller, Call call) {
    Schedule schedule = find(caller, call);
    return Reply.json(200, Json.write(ScheduleJson.of(schedule).json(schedule)));
  }

  private Schedule find(Caller caller, Call call) {
    return ScheduleJson.parse(call.param("id"))
        .flatMap(id -> schedules.find(caller.app().id(), id))
        .filter(it -> it.push().options().source().origin().equals(JpushConfig.ORIGIN))
        .orElseThrow(ScheduleCalls::unknown);
  }

  private static JpushException unknown() {
    return JpushError.SCHEDULE_UNKNOWN.fault();
  }

  /// Each is a text that holds JSON; real objects break the Java client.
  public Reply messages(Caller caller, Call call) {
    Schedule schedule = find(caller, call);
    ArrayNode ids = Json.array();
    for (var scheduledOccurrence : schedules.ofSchedule(caller.app().id(), schedule.id())) {
      message(scheduledOccurrence.occurrence()).ifPresent(json -> ids.add(Json.write(json)));
    }
    ObjectNode body = Json.object().put("count", ids.size());
    return Reply.json(200, Json.write(body.set("msgids", ids)));
  }

  /// Empty for one that did not come yet, or will not come any more.
  private static Optional<ObjectNode> message(Occurrence occurrence) {
    return switch (occurrence.status()) {
      case OccurrenceStatus.Fired(var task, var at) ->
          Optional.of(message(task.toString(), 0, "", at));
      case OccurrenceStatus.Dropped(var at, var reason) ->
          Optional.of(message("", JpushError.SCHEDULE_INVALID.number(), reason, at));
      case OccurrenceStatus.Pending _, OccurrenceStatus.Firing _, OccurrenceStatus.Cancelled _ ->
          Optional.empty();
    };
  }

  private static ObjectNode message(String id, int code, String text, Instant at) {
    ObjectNode json = Json.object().put("msg_id", id);
    json.putObject("error").put("code", code).put("message", text);
    return json.put("needRetry", false).put("ts", at.toEpochMilli());
  }

  /// Changes whole sections. What fired stays; what was to come is planned anew.
  public Reply change(Caller caller, Call call) {
    Schedule before = find(caller, call);
    ScheduleJson change = ScheduleJson.of(ScheduleJson.body(call.body()));
    ScheduleJson known = ScheduleJson.of(before);
    ScheduleJson after = known.merge(change);
    if (change.object().isEmpty()) {
      throw invalid("nothing is to be changed");
    }
    if (known.isSingle() != after.isSingle()) {
      throw invalid("trigger cannot go from single to periodical, or back");
    }
    if (!before.endsAt().isAfter(clock.instant())) {
      throw invalid("the schedule has expired");
    }
    Schedule schedule =
        accepted(
            schedules
                .replace(before.id(), draft(caller, after))
                .orElseThrow(ScheduleCalls::unknown));
    return Reply.json(200, Json.write(ScheduleJson.of(schedule).json(schedule)));
  }

  public Reply delete(Caller caller, Call call) {
    if (!schedules.remove(caller.app().id(), find(caller, call).id())) {
      throw unknown();
    }
    return config.emptyReply();
  }
}
