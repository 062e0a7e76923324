// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.schedule;

import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.TaskId;
import java.time.Instant;

/// An occurrence is one planned firing of a [Schedule]. If the schedule fires once, both have the
/// same id.
public record Occurrence(
    ScheduleId id, ScheduleId schedule, Instant dueAt, OccurrenceStatus status) {

  private static final String REQUEST_SCOPE = "schedule";

  /// Returns the request key of the push that an occurrence makes, so that it is accepted once
  /// however often the occurrence fires.
  public static RequestKey requestKey(ScheduleId occurrence) {
    return new RequestKey(REQUEST_SCOPE, occurrence.value());
  }

  public Occurrence withStatus(OccurrenceStatus newStatus) {
    return new Occurrence(id, schedule, dueAt, newStatus);
  }

  /// Tells what became of an occurrence.
  public sealed interface OccurrenceStatus {
    record Pending() implements OccurrenceStatus {}

    /// Someone is at it. After a stop in between it is done again; the request key of its push sees
    /// to it that the push is accepted once.
    record Firing() implements OccurrenceStatus {}

    /// `at` less [Occurrence#dueAt] is its lateness.
    record Fired(TaskId task, Instant at) implements OccurrenceStatus {}

    record Cancelled(Instant at) implements OccurrenceStatus {}

    /// The occurrence was not pushed: its lifetime was over before the server was there, or the
    /// push was refused.
    record Dropped(Instant at, String reason) implements OccurrenceStatus {}
  }
}
