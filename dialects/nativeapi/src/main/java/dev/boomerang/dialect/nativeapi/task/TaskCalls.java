// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.base.NativeOrigin;
import dev.boomerang.dialect.nativeapi.request.PageRequest;
import dev.boomerang.dialect.nativeapi.request.RequestBody;
import dev.boomerang.dialect.nativeapi.request.SendRateReader;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.StopResult;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.PacedRunStore.PacedRun;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.QueryParameters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `GET /api/v1/tasks/{id}`, `POST /api/v1/tasks/{id}/stop` and `GET /api/v1/deliveries`.
public final class TaskCalls {
  private final Engine engine;

  public TaskCalls(Engine engine) {
    this.engine = engine;
  }

  public Reply task(App app, Call call) {
    return TaskId.parse(call.param("id"))
        .flatMap(id -> engine.tasks().view(app.id(), id))
        .map(view -> Reply.json(200, Json.write(json(view))))
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Answers with the task as it is then.
  public Reply stop(App app, Call call) {
    RequestBody.orNone(call).refuseUnread();
    Optional<TaskId> id = TaskId.parse(call.param("id"));
    if (id.isEmpty()) {
      return NativeError.NOT_FOUND.reply();
    }
    return switch (engine.stops().stop(app.id(), id.get(), NativeOrigin.NAME)) {
      case StopResult.Stopped _ -> task(app, call);
      case StopResult.NotFound _ -> NativeError.NOT_FOUND.reply();
    };
  }

  /// Returns one delivery, or a page of a task's. The next page begins after the last registration
  /// of this one.
  public Reply deliveries(App app, Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    String id = query.requiredText("task", 32);
    int limit = PageRequest.limit(query);
    String after = query.text("after", RegistrationId.LENGTH).orElse("");
    boolean isOne = query.has("registration");
    query.refuseUnread();
    Optional<TaskId> task = TaskId.parse(id).filter(it -> known(app, it));
    if (task.isEmpty()) {
      return NativeError.NOT_FOUND.reply();
    }
    List<Delivery> found =
        isOne
            ? engine
                .tasks()
                .delivery(app.id(), task.get(), registration(query))
                .map(List::of)
                .orElse(List.of())
            : engine.tasks().deliveries(app.id(), task.get(), after, limit);
    var list = Json.array();
    found.forEach(delivery -> list.add(json(delivery)));
    var body = Json.object().<ObjectNode>set("deliveries", list);
    if (found.size() == limit && !isOne) {
      body.put("after", found.getLast().id().registration().value());
    }
    return Reply.json(200, Json.write(body));
  }

  private boolean known(App app, TaskId id) {
    return engine.tasks().find(app.id(), id).isPresent();
  }

  /// Reads the required member `registration`; refuses a text that is no registration id.
  static RegistrationId registration(Fields fields) {
    return RegistrationId.parse(fields.requiredText("registration", 64))
        .orElseThrow(() -> fields.invalid("registration", Kind.MALFORMED, "must have 23 digits"));
  }

  /// Writes a task with the number of its deliveries in every state. States without any are written
  /// as 0, so a client finds each member always.
  public static ObjectNode json(Tasks.View view) {
    Task task = view.task();
    ObjectNode counts = Json.object();
    for (DeliveryStatus deliveryStatus : DeliveryStatus.values()) {
      counts.put(deliveryStatus.wire(), view.counts().getOrDefault(deliveryStatus, 0));
    }
    ObjectNode json =
        json(task)
            .put("total", view.total())
            .put("unreached", task.counts().unmatched())
            .set("counts", counts);
    if (!task.counts().skipped().isEmpty()) {
      ObjectNode causes = json.putObject("passedOver");
      task.counts().skipped().forEach((cause, count) -> causes.put(cause, count.intValue()));
    }
    view.pace().ifPresent(pacedRun -> json.set("pace", pace(pacedRun)));
    return json;
  }

  /// Returns how many of `total` have been released; what became of them is among the counts.
  private static ObjectNode pace(PacedRun pacedRun) {
    ObjectNode json = SendRateReader.json(pacedRun.sendRate());
    return json.put("released", pacedRun.released())
        .put("total", pacedRun.audience())
        .put("running", pacedRun.running());
  }

  /// Writes what does not change once the task is accepted. Times are milliseconds since 1970
  /// (UTC).
  static ObjectNode json(Task task) {
    ObjectNode json =
        Json.object()
            .put("id", task.id().toString())
            .put("name", task.name())
            .put("origin", task.origin())
            .put("kind", task.source().kind().wire());
    task.source().template().ifPresent(name -> json.put("template", name));
    return json.put("acceptedAt", task.validity().acceptedAt().toEpochMilli())
        .put("expiresAt", task.expiresAt().toEpochMilli());
  }

  private static ObjectNode json(Delivery delivery) {
    var timeline = Json.array();
    delivery.timeline().forEach(timelineEntry -> timeline.add(json(timelineEntry)));
    ObjectNode json =
        Json.object()
            .put("id", delivery.id().wire())
            .put("task", delivery.id().task().toString())
            .put("registration", delivery.id().registration().value())
            .put("state", delivery.state().status().wire());
    cause(delivery).ifPresent(cause -> json.put("cause", cause));
    return json.set("timeline", timeline);
  }

  private static ObjectNode json(Delivery.TimelineEntry timelineEntry) {
    ObjectNode json =
        Json.object()
            .put("state", timelineEntry.status().wire())
            .put("at", timelineEntry.at().toEpochMilli());
    timelineEntry.notBefore().ifPresent(time -> json.put("notBefore", time.toEpochMilli()));
    return json;
  }

  /// Returns what the state's name alone does not say.
  private static Optional<String> cause(Delivery delivery) {
    return switch (delivery.state()) {
      case Failed failed -> Optional.of(failed.reason());
      case Recalled recalled -> Optional.of(recalled.outcome().name().toLowerCase(Locale.ROOT));
      case Overridden(var _, var by, Overridden.Outcome outcome) ->
          Optional.of(
              outcome.name().toLowerCase(Locale.ROOT)
                  + (by.equals(TaskId.NONE) ? "" : " by " + by));
      case Abandoned abandoned ->
          switch (abandoned.cause()) {
            case Abandoned.Cause.LifetimeOver _ -> Optional.empty();
            case Abandoned.Cause.Superseded(var by) -> Optional.of("replaced by " + by);
            case Abandoned.Cause.TaskStopped _ -> Optional.of("stopped");
          };
      case Scheduled _, Pending _, Queued _, Recalling _ -> Optional.empty();
      case Sending _, Sent _, Delivered _, Shown _ -> Optional.empty();
      case Opened _, Dismissed _, TooLate _, Expired _, Stopped _ -> Optional.empty();
    };
  }
}
