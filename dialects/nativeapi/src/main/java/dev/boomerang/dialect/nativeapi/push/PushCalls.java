// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.base.NativeOrigin;
import dev.boomerang.dialect.nativeapi.request.AudienceReader;
import dev.boomerang.dialect.nativeapi.request.ContentReader;
import dev.boomerang.dialect.nativeapi.request.IdempotencyKey;
import dev.boomerang.dialect.nativeapi.request.PlanReader;
import dev.boomerang.dialect.nativeapi.request.RequestBody;
import dev.boomerang.dialect.nativeapi.request.SendRateReader;
import dev.boomerang.dialect.nativeapi.request.WebhookFields;
import dev.boomerang.dialect.nativeapi.task.TaskCalls;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.schedule.Trigger;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `POST /api/v1/pushes`: at once, or with `schedule` later.
public final class PushCalls {
  private static final int MAX_ID = 256;
  private static final int MAX_SLOT = 64;

  private final Engine engine;
  private final Duration defaultTtl;

  public PushCalls(Engine engine, Duration defaultTtl) {
    this.engine = engine;
    this.defaultTtl = defaultTtl;
  }

  /// Accepts a push and answers 201 with its task, which is stored durably by then. A request id
  /// that was used for the same push before is answered with 200 and the first task; with a
  /// `schedule` the answer is 202 and no task exists yet.
  public Reply push(App app, Call call) {
    Fields body = RequestBody.of(call);
    Optional<IdempotencyKey> key = IdempotencyKey.of(call, body);
    if (body.has("schedule")) {
      return later(app, body, key);
    }
    boolean open = body.flag("open").orElse(false);
    SubmitResult submitResult =
        open
            ? engine.submissions().open(parse(app, body, key, true))
            : engine.submissions().submit(parse(app, body, key, false));
    return switch (submitResult) {
      case SubmitResult.Accepted(Task task) -> answer(201, task);
      case SubmitResult.Repeated(Task first) -> answer(200, first);
      case SubmitResult.Refused refused -> refused(refused, body, key);
    };
  }

  /// Stores a push that fires later and returns 202 with its occurrences. Refuses a request id, a
  /// header `Idempotency-Key` and `open`, none of which a schedule can have.
  private Reply later(App app, Fields body, Optional<IdempotencyKey> key) {
    if (key.isPresent()) {
      throw new InvalidFieldException(
          key.get().field(), Kind.MALFORMED, "cannot be given with schedule");
    }
    if (body.has("open")) {
      throw body.invalid("open", Kind.MALFORMED, "cannot be given with schedule");
    }
    Trigger trigger = PlanReader.read(body.object("schedule"));
    return switch (engine.schedules().schedule(parse(app, body, key, false), trigger)) {
      case ScheduleResult.Accepted(var schedule, var occurrences) -> {
        var list = Json.array();
        occurrences.forEach(
            one ->
                list.add(
                    Json.object()
                        .put("id", one.id().value())
                        .put("dueAt", one.dueAt().toEpochMilli())));
        ObjectNode json = Json.object().put("scheduleId", schedule.id().value());
        yield Reply.json(202, Json.write(json.set("occurrences", list)));
      }
      case ScheduleResult.Refused(var why) -> refused(why, body, key);
      case ScheduleResult.Past _ ->
          NativeError.INVALID_FIELD.reply("schedule has no firing ahead", "schedule");
      case ScheduleResult.TooFar(var horizon) ->
          NativeError.INVALID_FIELD.reply(
              "schedule reaches more than " + horizon.toDays() + " days ahead", "schedule");
      case ScheduleResult.TooMany(int limit) ->
          NativeError.TOO_MANY.reply("the app has " + limit + " schedules to come", "schedule");
    };
  }

  /// Returns the error for a push that the engine refuses, with the member of the body to blame.
  private static Reply refused(
      SubmitResult.Refused refused, Fields body, Optional<IdempotencyKey> key) {
    return switch (refused) {
      case SubmitResult.IdTaken taken ->
          NativeError.ID_TAKEN.reply(
              taken.reason(), key.map(IdempotencyKey::field).orElse("messageId"));
      case SubmitResult.NoTarget _, SubmitResult.TooManyTargets _ ->
          NativeError.INVALID_FIELD.reply(refused.reason(), "audience");
      case SubmitResult.PayloadTooLong _ ->
          NativeError.INVALID_FIELD.reply(refused.reason(), content(body));
      case SubmitResult.RejectedByReview _ ->
          NativeError.REJECTED.reply(refused.reason(), content(body));
      case SubmitResult.NotForSendRate _ ->
          NativeError.INVALID_FIELD.reply(refused.reason(), "pace");
      case SubmitResult.NothingToReplace _ ->
          NativeError.INVALID_FIELD.reply(refused.reason(), "replace.task");
      case SubmitResult.NobodyMatches _ ->
          NativeError.NOBODY.reply(
              refused.reason(),
              body.object("audience").has("segment") ? "audience.segment" : "audience");
      case SubmitResult.LifetimeOutOfRange _ ->
          NativeError.INVALID_FIELD.reply(refused.reason(), "ttlSeconds");
    };
  }

  /// Returns the member that has what the push says.
  private static String content(Fields body) {
    return body.has("data") ? "data" : body.has("template") ? "template" : "notification";
  }

  /// Returns the task with its counts as they are now, or without counts if the task was cleared
  /// between its acceptance and this answer.
  private Reply answer(int status, Task task) {
    Tasks.View view =
        engine
            .tasks()
            .view(task.app(), task.id())
            .orElseGet(() -> new Tasks.View(task, Map.of(), Optional.empty()));
    return Reply.json(status, Json.write(TaskCalls.json(view)));
  }

  /// Reads a push. The targets of an open one are added later.
  private Push parse(App app, Fields body, Optional<IdempotencyKey> key, boolean open) {
    ContentReader contentReader = ContentReader.read(engine.templates(), app, body);
    Optional<String> messageId = id(body, "messageId");
    if (open) {
      for (String other : List.of("audience", "pace")) {
        if (body.has(other)) {
          throw body.invalid(other, Kind.MALFORMED, "cannot be given with open");
        }
      }
    }
    Audience audience =
        open
            ? AudienceReader.NOBODY_YET
            : AudienceReader.read(body.object("audience"), messageId, contentReader);
    var push =
        new Push(
            app.id(),
            body.text("name", 200).orElse(""),
            audience,
            contentReader.common(AudienceReader.hasCommon(audience)),
            Push.Options.of(
                    new Source(
                        NativeOrigin.NAME, kind(audience, contentReader), contentReader.template()),
                    body.number("ttlSeconds", 1, Integer.MAX_VALUE)
                        .map(Duration::ofSeconds)
                        .orElse(defaultTtl))
                .requestKey(key.map(it -> new RequestKey(NativeOrigin.NAME, it.id())))
                .pace(SendRateReader.read(body))
                .messageId(audience instanceof Audience.Targeted ? Optional.empty() : messageId)
                .strategy(strategy(body))
                .replacing(body.has("replace") ? replacing(body.object("replace")) : Map.of())
                .webhook(WebhookFields.read(body)));
    body.refuseUnread();
    return push;
  }

  private static Strategy strategy(Fields body) {
    return body.choice("strategy", List.of(Strategy.values()), Strategy::wire)
        .orElse(Strategy.ONLINE_ELSE_VENDOR);
  }

  /// Reads `replace`, which is the same on every platform.
  private static Map<Platform, OverrideTarget> replacing(Fields replace) {
    if (replace.has("task") == replace.has("slot")) {
      replace.refuseUnread();
      throw replace.invalid(
          "task",
          replace.has("task") ? Kind.MALFORMED : Kind.MISSING,
          "or slot must be given, and not both");
    }
    OverrideTarget overrideTarget =
        replace.has("slot")
            ? new OverrideTarget.Key(replace.requiredText("slot", MAX_SLOT))
            : new OverrideTarget.EarlierTask(
                TaskId.parse(replace.requiredText("task", 32))
                    .orElseThrow(() -> replace.invalid("task", Kind.MALFORMED, "is no task id")),
                Recall.WINDOW);
    Map<Platform, OverrideTarget> each = new EnumMap<>(Platform.class);
    for (Platform platform : Platform.values()) {
      each.put(platform, overrideTarget);
    }
    return each;
  }

  private static Optional<String> id(Fields body, String name) {
    return body.has(name) ? Optional.of(body.requiredText(name, MAX_ID)) : Optional.empty();
  }

  /// Returns the kind of push under which the statistics count it.
  private static Source.Kind kind(Audience audience, ContentReader contentReader) {
    return switch (audience) {
      case Audience.Everyone _ -> Source.Kind.BROADCAST;
      // The engine sets it by how many match.
      case Audience.BySegment _ -> Source.Kind.MULTIPLE;
      case Audience.Targeted(var _, var targets, var _) when targets.size() > 1 ->
          Source.Kind.MULTIPLE;
      case Audience.Targeted _ ->
          contentReader.template().isPresent() ? Source.Kind.TEMPLATE : Source.Kind.SIMPLE;
    };
  }
}
