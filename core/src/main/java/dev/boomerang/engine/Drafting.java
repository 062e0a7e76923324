// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.engine.Schedules.Draft;
import dev.boomerang.engine.Schedules.Scheduling;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Plan;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Works out the occurrences of a schedule. Stores nothing.
final class Drafting {
  private final Submissions submissions;
  private final Duration horizon;
  private final SecureRandom random;
  private final Clock clock;

  Drafting(Submissions submissions, Duration horizon, SecureRandom random, Clock clock) {
    this.submissions = submissions;
    this.horizon = horizon;
    this.random = random;
    this.clock = clock;
  }

  ScheduleId newId() {
    return ScheduleId.mint(clock.instant(), random);
  }

  /// What [Scheduling.Accepted] would say, or why it cannot be.
  Scheduling draw(ScheduleId id, Instant createdAt, Draft draft) {
    Optional<Submission.Refused> refusal = submissions.refusal(draft.push());
    if (refusal.isPresent()) {
      return new Scheduling.Refused(refusal.get());
    }
    Instant now = clock.instant();
    List<Instant> firings = draft.plan().firings(now);
    if (firings.isEmpty()) {
      return new Scheduling.Past();
    }
    if (firings.getLast().isAfter(now.plus(horizon))) {
      return new Scheduling.TooFar(horizon);
    }
    boolean cyclic = draft.plan() instanceof Plan.Cyclic;
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
    return new Scheduling.Accepted(schedule, occurrences);
  }

  private Occurrence pending(Schedule schedule, Instant at) {
    ScheduleId id = schedule.cyclic() ? newId() : schedule.id();
    return new Occurrence(id, schedule.id(), at, new Fate.Pending());
  }
}
