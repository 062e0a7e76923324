// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.push.TaskOperations.ScheduledPush;
import dev.boomerang.model.push.Content;
import dev.boomerang.web.field.Fields;
import java.time.ZoneId;

/// Stops tasks, and tells about and cancels pushes that wait for their time.
///
/// Source: Getui "V1 server SDK", tasks.
final class TaskCalls {
  static final String TASK = "taskId";

  private final GetuiServices getui;

  TaskCalls(GetuiServices getui) {
    this.getui = getui;
  }

  /// Stops a list or app push, whether it has been sent already or not.
  ObjectNode stop(Caller caller, Fields fields) {
    getui.tasks().stop(caller.id(), LenientFields.task(fields, ListCalls.CONTENT_ID));
    return WireReplies.ok();
  }

  /// Answers the state of a push that waits, or waited, for its time.
  ObjectNode schedule(Caller caller, Fields fields) {
    String task = LenientFields.task(fields, TASK);
    ScheduledPush scheduled = getui.tasks().schedule(caller.id(), task);
    ZoneId zone = getui.config().zone();
    ObjectNode answer = WireReplies.of(WireResult.SUCCESS).put(TASK, task);
    answer
        .putObject("taskDetail")
        .put("desc", "ok")
        .put("status", "0")
        .put("pushContent", pushContent(scheduled.content()))
        .put("pushTime", TimeFormats.second(scheduled.pushAt(), zone))
        .put("creatTime", TimeFormats.longForm(scheduled.createdAt(), zone))
        .put(
            "sendResult",
            switch (scheduled.outcome()) {
              case WAITING -> "DO_NOT_SEND";
              case SENT -> "SEND_SUCCESS";
              case FAILED -> "SEND_FAILED";
              case DELETED -> "HAS_DELETE";
            });
    return answer;
  }

  /// Returns what the caller gave as transmission, or a notification's text if it gave none.
  private static String pushContent(Content content) {
    return switch (content) {
      case Content.DataMessage data -> data.body();
      case Content.Notification notification ->
          notification.extras().getOrDefault("payload", notification.body());
      case Content.NotificationWithData notificationWithData -> notificationWithData.data().body();
      case Content.PerPlatform each -> pushContent(each.otherwise());
    };
  }

  /// Cancels a scheduled push, until one minute before its time. A repeated call changes nothing.
  ObjectNode unschedule(Caller caller, Fields fields) {
    getui.tasks().cancelSchedule(caller.id(), LenientFields.task(fields, TASK));
    return WireReplies.of(WireResult.SUCCESS).put("taskDetail", "");
  }
}
