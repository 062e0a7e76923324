// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Plan;
import dev.boomerang.model.Push;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleDetail;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.ScheduleStore.Planned;
import dev.boomerang.port.TaskStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Pushes to come.
public final class Schedules implements AutoCloseable {
  /// A schedule as its caller wants it. One that is not `active` is suspended: it fires nothing.
  /// `detail`: see [Schedule].
  public record Draft(Push push, Plan plan, ScheduleDetail detail, boolean active) {}

  /// What became of the wish to schedule.
  public sealed interface Scheduling {
    record Accepted(Schedule schedule, List<Occurrence> occurrences) implements Scheduling {
      public Accepted {
        occurrences = List.copyOf(occurrences);
      }
    }

    /// The push itself would be refused.
    record Refused(Submission.Refused why) implements Scheduling {}

    /// No firing of the plan lies ahead.
    record Past() implements Scheduling {}

    /// A firing lies further ahead than `horizon`.
    record TooFar(Duration horizon) implements Scheduling {}

    /// The app has `limit` schedules with firings to come.
    record TooMany(int limit) implements Scheduling {}
  }

  /// What recalling a schedule did: so many firings will not come, and these were recalled.
  public record Recalled(int cancelled, List<RecallOutcome> fired) {
    public Recalled {
      fired = List.copyOf(fired);
    }
  }

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final ScheduleStore store;
  private final Recalls recalls;
  private final Limits.PerApp limits;
  private final Drafting drafting;
  private final Firings firings;
  private final Clock clock;

  /// Held while one occurrence fires, and while a schedule is recalled: so a recall that has
  /// returned has seen every task of the schedule.
  private final ReentrantLock firing = new ReentrantLock();

  private Optional<Ticker> ticker = Optional.empty();

  Schedules(
      ScheduleStore store,
      TaskStore tasks,
      Submissions submissions,
      Recalls recalls,
      Limits limits,
      SecureRandom random,
      Clock clock) {
    this.store = store;
    this.recalls = recalls;
    this.limits = limits.perApp();
    this.drafting = new Drafting(submissions, limits.perApp().horizon(), random, clock);
    this.firings = new Firings(store, tasks, submissions, firing, clock);
    this.clock = clock;
  }

  void start() {
    ticker = Optional.of(Ticker.start("schedules", PAUSE, this::pass));
  }

  /// Stores a push for later; blocks until durable.
  public Scheduling schedule(Push push, Plan plan) {
    return schedule(new Draft(push, plan, ScheduleDetail.NONE, true));
  }

  public Scheduling schedule(Draft draft) {
    return add(drafting.newId(), draft);
  }

  /// As [#schedule(Draft)], happening once for this key: again with the same key changes nothing
  /// and gives what is there, as long as it is.
  public Scheduling schedule(RequestKey key, Draft draft) {
    firing.lock();
    try {
      AppId app = draft.push().app();
      ScheduleId id = ScheduleId.of(app, key);
      return store
          .find(app, id)
          .<Scheduling>map(known -> new Scheduling.Accepted(known, occurrences(known)))
          .orElseGet(() -> add(id, draft));
    } finally {
      firing.unlock();
    }
  }

  private List<Occurrence> occurrences(Schedule schedule) {
    return store.ofSchedule(schedule.app(), schedule.id()).stream()
        .map(Planned::occurrence)
        .toList();
  }

  private Scheduling add(ScheduleId id, Draft draft) {
    Scheduling drawn = drafting.draw(id, clock.instant(), draft);
    return drawn instanceof Scheduling.Accepted(var schedule, var occurrences)
            && !store.add(schedule, occurrences, limits.schedules())
        ? new Scheduling.TooMany(limits.schedules())
        : drawn;
  }

  /// Puts a draft in the place of a schedule: what fired stays, what was to come is planned anew.
  /// Empty if there is no such schedule. One that fires once and did is [Scheduling.Past].
  public Optional<Scheduling> replace(ScheduleId id, Draft draft) {
    firing.lock();
    try {
      return store.find(draft.push().app(), id).flatMap(known -> replace(known, draft));
    } finally {
      firing.unlock();
    }
  }

  private Optional<Scheduling> replace(Schedule known, Draft draft) {
    if (draft.plan() instanceof Plan.Once
        && occurrences(known).stream().anyMatch(one -> !(one.fate() instanceof Fate.Pending))) {
      return Optional.of(new Scheduling.Past());
    }
    Scheduling drawn = drafting.draw(known.id(), known.createdAt(), draft);
    if (drawn instanceof Scheduling.Accepted(var schedule, var occurrences)) {
      return switch (store.replace(schedule, occurrences, limits.schedules())) {
        case DONE -> Optional.of(drawn);
        case TOO_MANY -> Optional.of(new Scheduling.TooMany(limits.schedules()));
        case GONE -> Optional.empty();
      };
    }
    return Optional.of(drawn);
  }

  /// Forgets a schedule with all its occurrences: what was to come will not. What has fired stays
  /// as it is. False if there was none.
  public boolean remove(AppId app, ScheduleId id) {
    firing.lock();
    try {
      return store.remove(app, id);
    } finally {
      firing.unlock();
    }
  }

  /// Schedules of an app and an origin whose last firing is still to come, the oldest first,
  /// without the first `skip`. Suspended ones are among them.
  public List<Schedule> live(AppId app, String origin, int skip, int limit) {
    return store.live(new ScheduleStore.Live(app, origin, clock.instant()), skip, limit);
  }

  public int countLive(AppId app, String origin) {
    return store.count(new ScheduleStore.Live(app, origin, clock.instant()));
  }

  public Optional<Schedule> find(AppId app, ScheduleId id) {
    return store.find(app, id);
  }

  /// A schedule's occurrences in the order in which they are due; none if there is no such one.
  public List<Planned> ofSchedule(AppId app, ScheduleId id) {
    return store.ofSchedule(app, id);
  }

  public Optional<Planned> occurrence(AppId app, ScheduleId id) {
    return store.occurrence(app, id);
  }

  /// Occurrences in the order in which they are due, without the first `skip`.
  public List<Planned> list(ScheduleStore.Filter filter, int skip, int limit) {
    return store.list(filter, skip, limit);
  }

  public int count(ScheduleStore.Filter filter) {
    return store.count(filter);
  }

  /// Cancels every firing of a schedule that is still to come. Returns how many; 0 also if there is
  /// no such schedule.
  public int cancel(AppId app, ScheduleId id) {
    return (int) store.ofSchedule(app, id).stream().filter(this::cancel).count();
  }

  /// Cancels one firing. False if it is not to come, or there is none.
  public boolean cancelOccurrence(AppId app, ScheduleId id) {
    return store.occurrence(app, id).filter(this::cancel).isPresent();
  }

  private boolean cancel(Planned planned) {
    return store.move(
        planned.occurrence().id(), new Fate.Pending(), new Fate.Cancelled(clock.instant()));
  }

  /// Cancels what is to come of a schedule and recalls what has fired. Empty if there is none.
  /// Again changes nothing more.
  public Optional<Recalled> recall(AppId app, ScheduleId id, String origin) {
    if (store.find(app, id).isEmpty()) {
      return Optional.empty();
    }
    firing.lock();
    try {
      int cancelled = cancel(app, id);
      var outcomes = new ArrayList<RecallOutcome>();
      for (Planned planned : store.ofSchedule(app, id)) {
        if (planned.occurrence().fate() instanceof Fate.Fired(var task, var _)) {
          outcomes.add(
              recalls.recall(app, task, new dev.boomerang.model.Recall.Scope.WholeTask(), origin));
        }
      }
      return Optional.of(new Recalled(cancelled, outcomes));
    } finally {
      firing.unlock();
    }
  }

  /// Fires everything that is due now. May be called at any time, from any thread.
  public void pass() {
    firings.pass();
  }

  @Override
  public void close() {
    ticker.ifPresent(Ticker::close);
  }
}
