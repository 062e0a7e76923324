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

/// Schedules and their occurrences.
public interface ScheduleStore {

  /// An occurrence with its schedule.
  record ScheduledOccurrence(Schedule schedule, Occurrence occurrence) {}

  /// Which occurrences are listed: of an app, due from `from` until before `to`.
  record Filter(AppId app, Instant from, Instant to) {}

  /// Stores a schedule with all its occurrences, all or nothing. False if the app has `most`
  /// schedules with pending occurrences already.
  boolean add(Schedule schedule, List<Occurrence> occurrences, int most);

  enum ReplaceResult {
    DONE,
    /// The schedule is not there any more.
    GONE,
    /// The app has as many schedules with pending occurrences as it may.
    TOO_MANY
  }

  /// Puts `changed` in the place of the schedule of its id, and `pending` in the place of its
  /// pending occurrences, all or nothing; the others stay. The limit `most` concerns a schedule
  /// that has no pending occurrence so far.
  ReplaceResult replace(Schedule changed, List<Occurrence> pending, int most);

  /// Removes a schedule and all its occurrences. False if there was none.
  boolean remove(AppId app, ScheduleId id);

  /// Which schedules are listed: of an app and an origin, that end after `now`.
  record ActiveFilter(AppId app, String origin, Instant now) {}

  /// Schedules, the oldest first, without the first `skip`.
  List<Schedule> listActive(ActiveFilter filter, int skip, int limit);

  int count(ActiveFilter filter);

  Optional<Schedule> find(AppId app, ScheduleId id);

  /// All of a schedule's occurrences in the order in which they are due, here and below those due
  /// at the same time in order of their ids.
  List<ScheduledOccurrence> ofSchedule(AppId app, ScheduleId schedule);

  Optional<ScheduledOccurrence> occurrence(AppId app, ScheduleId occurrence);

  /// Occurrences in the order in which they are due, without the first `skip`.
  List<ScheduledOccurrence> list(Filter filter, int skip, int limit);

  int count(Filter filter);

  /// Pending occurrences due at `now` and ones found [OccurrenceStatus.Firing], the longest overdue
  /// first. Asks an index, whatever the number of occurrences.
  List<ScheduledOccurrence> due(Instant now, int limit);

  /// Puts `to` in the place of `from`. False if it is not `from` any more.
  boolean compareAndSetStatus(ScheduleId occurrence, OccurrenceStatus from, OccurrenceStatus to);

  /// Clears schedules whose last firing was, or would have been, due before `limit`
  /// ([Schedule#endsAt]), unless one of their occurrences is pending or firing; at most `count`.
  /// Returns how many.
  int purge(Instant limit, int count);
}
