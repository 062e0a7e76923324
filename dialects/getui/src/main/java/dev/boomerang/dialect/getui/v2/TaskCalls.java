// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.push.TaskOperations.Outcome;
import dev.boomerang.dialect.getui.push.TaskOperations.ScheduledPush;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.push.Content;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Serves `/task`: stops tasks, and tells about scheduled pushes and single deliveries.
///
/// Source: Getui "RestAPI V2", task.
final class TaskCalls {
  private static final String TASK = "taskid";
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final GetuiServices getui;

  TaskCalls(GetuiServices getui) {
    this.getui = getui;
  }

  Reply stop(Caller caller, Call call) {
    getui.tasks().stop(caller.id(), call.param(TASK));
    return V2Replies.success();
  }

  /// Answers the state of a scheduled push in two spellings: clients of one version read `status`,
  /// those of the next `send_result`.
  Reply schedule(Caller caller, Call call) {
    ScheduledPush scheduled = getui.tasks().schedule(caller.id(), call.param(TASK));
    ObjectNode json =
        Json.object()
            .put("create_time", Long.toString(scheduled.createdAt().toEpochMilli()))
            .put("push_time", Long.toString(scheduled.pushAt().toEpochMilli()))
            .put("transmission_content", transmission(scheduled.content()))
            .put("status", scheduled.outcome() == Outcome.FAILED ? "failed" : "success")
            .put(
                "send_result",
                switch (scheduled.outcome()) {
                  case WAITING -> "do_not_send";
                  case SENT -> "send_success";
                  case FAILED -> "send_failed";
                  case DELETED -> "has_delete";
                });
    return V2Replies.of(Json.object().set(call.param(TASK), json));
  }

  private static String transmission(Content content) {
    return switch (content) {
      case Content.DataMessage data -> data.body();
      case Content.NotificationWithData notificationWithData -> notificationWithData.data().body();
      case Content.PerPlatform each -> transmission(each.otherwise());
      case Content.Notification _ -> "";
    };
  }

  Reply unschedule(Caller caller, Call call) {
    getui.tasks().cancelSchedule(caller.id(), call.param(TASK));
    return V2Replies.success();
  }

  /// Answers the timeline of a delivery. One copy of the vendor's document spells its member
  /// `deatil`, so both are there.
  Reply detail(Caller caller, Call call) {
    var steps = Json.array();
    for (Delivery.TimelineEntry timelineEntry :
        getui.tasks().timeline(caller.id(), call.param(TASK), call.param("cid"))) {
      steps
          .addObject()
          .put("time", SECOND.format(timelineEntry.at().atZone(getui.config().zone())))
          .put("event", timelineEntry.status().wire());
    }
    ObjectNode data = Json.object();
    data.set("detail", steps);
    data.set("deatil", steps);
    return V2Replies.of(data);
  }
}
