// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.time.Instant;

/// One planned firing of a [Schedule]. That of a schedule that fires once has the schedule's id.
public record Occurrence(ScheduleId id, ScheduleId schedule, Instant dueAt, Fate fate) {

  public Occurrence with(Fate newFate) {
    return new Occurrence(id, schedule, dueAt, newFate);
  }

  /// What became of it.
  public sealed interface Fate {
    record Pending() implements Fate {}

    /// Someone is at it. After a stop in between it is done again; the request key of its push sees
    /// to it that the push is accepted once.
    record Firing() implements Fate {}

    /// `at` less [Occurrence#dueAt] is its lateness.
    record Fired(TaskId task, Instant at) implements Fate {}

    record Cancelled(Instant at) implements Fate {}

    /// Not pushed: its lifetime was over before the server was there, or the push was refused.
    record Dropped(Instant at, String reason) implements Fate {}
  }
}
