// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Schedules and their occurrences.
public interface ScheduleStore {

  /// An occurrence with its schedule.
  record Planned(Schedule schedule, Occurrence occurrence) {}

  /// Which occurrences are listed: of an app, due from `from` until before `to`.
  record Filter(AppId app, Instant from, Instant to) {}

  /// Stores a schedule with all its occurrences, all or nothing. False if the app has `most`
  /// schedules with pending occurrences already.
  boolean add(Schedule schedule, List<Occurrence> occurrences, int most);

  enum Replaced {
    DONE,
    /// The schedule is not there any more.
    GONE,
    /// The app has as many schedules with pending occurrences as it may.
    TOO_MANY
  }

  /// Puts `changed` in the place of the schedule of its id, and `pending` in the place of its
  /// pending occurrences, all or nothing; the others stay. The limit `most` concerns a schedule
  /// that has no pending occurrence so far.
  Replaced replace(Schedule changed, List<Occurrence> pending, int most);

  /// Removes a schedule and all its occurrences. False if there was none.
  boolean remove(AppId app, ScheduleId id);

  /// Which schedules are listed: of an app and an origin, that end after `now`.
  record Live(AppId app, String origin, Instant now) {}

  /// Schedules, the oldest first, without the first `skip`.
  List<Schedule> live(Live filter, int skip, int limit);

  int count(Live filter);

  Optional<Schedule> find(AppId app, ScheduleId id);

  /// All of a schedule's occurrences in the order in which they are due, here and below those due
  /// at the same time in order of their ids.
  List<Planned> ofSchedule(AppId app, ScheduleId schedule);

  Optional<Planned> occurrence(AppId app, ScheduleId occurrence);

  /// Occurrences in the order in which they are due, without the first `skip`.
  List<Planned> list(Filter filter, int skip, int limit);

  int count(Filter filter);

  /// Pending occurrences due at `now` and ones found [Fate.Firing], the longest overdue first. Asks
  /// an index, whatever the number of occurrences.
  List<Planned> due(Instant now, int limit);

  /// Puts `to` in the place of `from`. False if it is not `from` any more.
  boolean move(ScheduleId occurrence, Fate from, Fate to);

  /// Clears schedules whose last firing was, or would have been, due before `limit`
  /// ([Schedule#endsAt]), unless one of their occurrences is pending or firing; at most `count`.
  /// Returns how many.
  int clear(Instant limit, int count);
}
