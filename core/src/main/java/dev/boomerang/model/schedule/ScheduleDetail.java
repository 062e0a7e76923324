// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.schedule;

import dev.boomerang.model.push.TaskId;

/// What a dialect has to know of a schedule of its own again. The engine keeps it and never reads
/// it.
public sealed interface ScheduleDetail {

  /// Nothing: the schedule fires at its times.
  record None() implements ScheduleDetail {}

  /// It waits for its caller's second call, then it is pushed: at once, or if `scheduled` at its
  /// time.
  record Prepared(boolean scheduled) implements ScheduleDetail {}

  /// The second call will come in vain.
  record Cancelled() implements ScheduleDetail {}

  /// The second call came, and this is the task that it made.
  record Launched(TaskId task) implements ScheduleDetail {}

  /// The schedule as its caller gave it, a JSON object that comes back as it was.
  record Given(String json) implements ScheduleDetail {}

  ScheduleDetail NONE = new None();
}
