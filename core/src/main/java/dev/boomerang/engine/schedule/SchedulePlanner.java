// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.schedule;

import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.schedule.Schedules.Draft;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.model.schedule.Trigger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Works out the occurrences of a schedule. Stores nothing.
final class SchedulePlanner {
  private final Submissions submissions;
  private final Duration horizon;
  private final SecureRandom random;
  private final Clock clock;

  SchedulePlanner(Submissions submissions, Duration horizon, SecureRandom random, Clock clock) {
    this.submissions = submissions;
    this.horizon = horizon;
    this.random = random;
    this.clock = clock;
  }

  ScheduleId newId() {
    return ScheduleId.mint(clock.instant(), random);
  }

  /// Returns what [ScheduleResult.Accepted] would hold, or why the draft cannot be scheduled.
  ScheduleResult plan(ScheduleId id, Instant createdAt, Draft draft) {
    Optional<SubmitResult.Refused> refusal = submissions.refusal(draft.push());
    if (refusal.isPresent()) {
      return new ScheduleResult.Refused(refusal.get());
    }
    Instant now = clock.instant();
    List<Instant> firings = draft.trigger().fireTimes(now);
    if (firings.isEmpty()) {
      return new ScheduleResult.Past();
    }
    if (firings.getLast().isAfter(now.plus(horizon))) {
      return new ScheduleResult.TooFar(horizon);
    }
    boolean cyclic = draft.trigger() instanceof Trigger.Cyclic;
    var schedule =
        new Schedule(
            id,
            draft.push().app(),
            draft.push(),
            cyclic,
            createdAt,
            firings.getLast(),
            draft.detail());
    List<Occurrence> occurrences =
        draft.active() ? firings.stream().map(at -> pending(schedule, at)).toList() : List.of();
    return new ScheduleResult.Accepted(schedule, occurrences);
  }

  private Occurrence pending(Schedule schedule, Instant at) {
    ScheduleId id = schedule.cyclic() ? newId() : schedule.id();
    return new Occurrence(id, schedule.id(), at, new OccurrenceStatus.Pending());
  }
}
