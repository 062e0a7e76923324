// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.web.field.Json;

/// Is what Getui stores with a schedule: which of the two calls of an app push it waits for.
sealed interface ScheduleDetail {

  /// The schedule fires at its time.
  record Timed() implements ScheduleDetail {}

  /// The schedule waits for its caller's second call, then it is pushed: at once, or if `scheduled`
  /// at its time.
  record Prepared(boolean scheduled) implements ScheduleDetail {}

  /// The schedule was stopped, so its caller's second call is refused.
  record Cancelled() implements ScheduleDetail {}

  /// The second call came and made `task`.
  record Launched(TaskId task) implements ScheduleDetail {}

  /// Names the member of the stored JSON; like the next two, it is stored and must not change.
  String PREPARED = "prepared";

  String CANCELLED = "cancelled";
  String LAUNCHED = "launched";

  /// Returns what is stored with a schedule. Nothing is stored with one that has only its time.
  static ScheduleDetail of(Schedule schedule) {
    if (schedule.detail().equals(DialectDetail.NONE)) {
      return new Timed();
    }
    JsonNode json = Json.parse(schedule.detail().text());
    if (json.has(PREPARED)) {
      return new Prepared(json.path(PREPARED).asBoolean());
    }
    return json.has(LAUNCHED)
        ? new Launched(new TaskId(json.path(LAUNCHED).asLong()))
        : new Cancelled();
  }

  /// Returns the detail as JSON with one member, which [#of] reads.
  default DialectDetail encode() {
    return switch (this) {
      case Timed() -> DialectDetail.NONE;
      case Prepared(boolean scheduled) -> detail(PREPARED, scheduled);
      case Cancelled() -> detail(CANCELLED, true);
      case Launched(TaskId task) ->
          new DialectDetail(Json.write(Json.object().put(LAUNCHED, task.value())));
    };
  }

  private static DialectDetail detail(String name, boolean value) {
    return new DialectDetail(Json.write(Json.object().put(name, value)));
  }
}
