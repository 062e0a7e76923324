// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.base.NativeOrigin;
import dev.boomerang.dialect.nativeapi.request.RequestBody;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.RecallReport;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.Optional;
import java.util.function.Function;

/// `POST /api/v1/tasks/{id}/recall` and `GET /api/v1/recalls/{id}`.
public final class RecallCalls {
  private final Engine engine;

  public RecallCalls(Engine engine) {
    this.engine = engine;
  }

  /// Recalls the whole task, or with `target` one target's part of it, or with `registration` one
  /// delivery.
  public Reply recall(App app, Call call) {
    Fields body = RequestBody.orNone(call);
    boolean dryRun = body.flag("dryRun").orElse(false);
    Function<TaskId, Optional<Scope>> asked = scope(app, body);
    body.refuseUnread();
    Optional<TaskId> task = TaskId.parse(call.param("id"));
    Optional<Scope> scope = task.flatMap(asked);
    if (task.isEmpty() || scope.isEmpty()) {
      return NativeError.NOT_FOUND.reply();
    }
    RecallResult outcome =
        dryRun
            ? engine.recalls().dryRun(app.id(), task.get(), scope.get())
            : engine.recalls().recall(app.id(), task.get(), scope.get(), NativeOrigin.NAME);
    return switch (outcome) {
      case RecallResult.Active active -> Reply.json(200, Json.write(json(active)));
      case RecallResult.Preview(RecallReport report) ->
          Reply.json(
              200,
              Json.write(
                  counts(
                      Json.object().put("dryRun", true).put("task", task.get().toString()),
                      report)));
      case RecallResult.NotFound _ -> NativeError.NOT_FOUND.reply();
      case RecallResult.TooOld _ -> NativeError.TOO_OLD.reply();
    };
  }

  /// Returns how a recall stands now.
  public Reply report(App app, Call call) {
    return RecallId.parse(call.param("id"))
        .flatMap(id -> engine.recalls().find(app.id(), id))
        .map(active -> Reply.json(200, Json.write(json(active))))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Reads what is to be recalled; which message a target has is known with the task only.
  private Function<TaskId, Optional<Scope>> scope(App app, Fields body) {
    if (body.has("target") && body.has("registration")) {
      throw body.invalid("target", Kind.MALFORMED, "and registration cannot be given together");
    }
    if (body.has("registration")) {
      Scope one = new Scope.OneDelivery(TaskCalls.registration(body));
      return _ -> Optional.of(one);
    }
    if (body.has("target")) {
      String target = body.requiredText("target", 512);
      return task ->
          engine.tasks().messages(app.id(), task).stream()
              .filter(message -> message.target().equals(target))
              .findFirst()
              .map(Message::number)
              .map(Scope.OneMessage::new);
    }
    return _ -> Optional.of(new Scope.WholeTask());
  }

  public static ObjectNode json(RecallResult.Active active) {
    Recall recall = active.recall();
    ObjectNode json =
        Json.object()
            .put("id", recall.id().toString())
            .put("task", recall.task().toString())
            .put("askedAt", recall.askedAt().toEpochMilli());
    switch (recall.scope()) {
      case Scope.WholeTask _ -> json.put("scope", "task");
      case Scope.OneMessage(int number) -> json.put("scope", "message").put("message", number);
      case Scope.OneDelivery(var registration) ->
          json.put("scope", "delivery").put("registration", registration.value());
    }
    return counts(json, active.report());
  }

  private static ObjectNode counts(ObjectNode json, RecallReport report) {
    for (RecallReport.Part part : RecallReport.Part.values()) {
      json.put(part.wire(), report.count(part));
    }
    return json.put("total", report.total());
  }
}
