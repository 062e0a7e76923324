// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores schedules and their occurrences.
public interface ScheduleStore {

  /// Holds an occurrence with its schedule.
  record ScheduledOccurrence(Schedule schedule, Occurrence occurrence) {}

  /// Selects occurrences to list: of an app, due from `from` until before `to`.
  record Filter(AppId app, Instant from, Instant to) {}

  /// Stores a schedule with all its occurrences, all or nothing. Returns false if the app has
  /// `most` schedules with pending occurrences already.
  boolean add(Schedule schedule, List<Occurrence> occurrences, int most);

  enum ReplaceResult {
    DONE,
    /// The schedule does not exist any more.
    GONE,
    /// The app has as many schedules with pending occurrences as it may.
    TOO_MANY
  }

  /// Puts `changed` in the place of the schedule with its id, and `pending` in the place of its
  /// pending occurrences, all or nothing; the other occurrences stay. The limit `most` applies to a
  /// schedule that has no pending occurrence so far.
  ReplaceResult replace(Schedule changed, List<Occurrence> pending, int most);

  /// Removes a schedule and all its occurrences. Returns false if there was none.
  boolean remove(AppId app, ScheduleId id);

  /// Selects schedules to list: of an app and an origin, that end after `now`.
  record ActiveFilter(AppId app, String origin, Instant now) {}

  /// Returns schedules, the oldest first, without the first `skip`.
  List<Schedule> listActive(ActiveFilter filter, int skip, int limit);

  int count(ActiveFilter filter);

  Optional<Schedule> find(AppId app, ScheduleId id);

  /// Returns all of a schedule's occurrences in the order in which they are due. Here and below,
  /// those due at the same time are in the order of their ids.
  List<ScheduledOccurrence> ofSchedule(AppId app, ScheduleId schedule);

  Optional<ScheduledOccurrence> occurrence(AppId app, ScheduleId occurrence);

  /// Returns occurrences in the order in which they are due, without the first `skip`.
  List<ScheduledOccurrence> list(Filter filter, int skip, int limit);

  int count(Filter filter);

  /// Returns pending occurrences due at `now` and those found [OccurrenceStatus.Firing], the
  /// longest overdue first. It asks an index, whatever the number of occurrences.
  List<ScheduledOccurrence> due(Instant now, int limit);

  /// Puts `to` in the place of `from`. Returns false if the status is not `from` any more.
  boolean compareAndSetStatus(ScheduleId occurrence, OccurrenceStatus from, OccurrenceStatus to);

  /// Clears schedules whose last occurrence was, or would have been, due before `limit`
  /// ([Schedule#endsAt]), unless one of their occurrences is pending or firing; at most `count`.
  /// Returns how many it cleared.
  int purge(Instant limit, int count);
}
