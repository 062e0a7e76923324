// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.schedule;

import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.PeriodicTask;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.recall.Recalls;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.model.schedule.Trigger;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
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
  public record Draft(Push push, Trigger trigger, DialectDetail detail, boolean active) {}

  /// Tells what became of a call to schedule a push.
  public sealed interface ScheduleResult {
    record Accepted(Schedule schedule, List<Occurrence> occurrences) implements ScheduleResult {
      public Accepted {
        occurrences = List.copyOf(occurrences);
      }
    }

    /// The push itself would be refused.
    record Refused(SubmitResult.Refused why) implements ScheduleResult {}

    /// No firing of the plan lies ahead.
    record Past() implements ScheduleResult {}

    /// A firing lies further ahead than `horizon`.
    record TooFar(Duration horizon) implements ScheduleResult {}

    /// The app has `limit` schedules with firings to come.
    record TooMany(int limit) implements ScheduleResult {}
  }

  /// Tells what recalling a schedule did: `cancelled` firings will not come, and the fired ones
  /// were recalled.
  public record Recalled(int cancelled, List<RecallResult> fired) {
    public Recalled {
      fired = List.copyOf(fired);
    }
  }

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final ScheduleStore store;
  private final Recalls recalls;
  private final Limits.PerApp limits;
  private final SchedulePlanner schedulePlanner;
  private final OccurrenceRunner occurrenceRunner;
  private final Clock clock;

  /// Held while one occurrence fires, and while a schedule is recalled: so a recall that has
  /// returned has seen every task of the schedule.
  private final ReentrantLock firing = new ReentrantLock();

  private Optional<PeriodicTask> periodicTask = Optional.empty();

  public Schedules(
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
    this.schedulePlanner =
        new SchedulePlanner(submissions, limits.perApp().horizon(), random, clock);
    this.occurrenceRunner = new OccurrenceRunner(store, tasks, submissions, firing, clock);
    this.clock = clock;
  }

  public void start() {
    periodicTask = Optional.of(PeriodicTask.start("schedules", PAUSE, this::runOnce));
  }

  /// Stores a push for later; blocks until durable.
  public ScheduleResult schedule(Push push, Trigger trigger) {
    return schedule(new Draft(push, trigger, DialectDetail.NONE, true));
  }

  public ScheduleResult schedule(Draft draft) {
    return add(schedulePlanner.newId(), draft);
  }

  /// Does what [#schedule(Draft)] does, once for this key: the same key again changes nothing and
  /// gives the schedule that is there, as long as it is.
  public ScheduleResult schedule(RequestKey key, Draft draft) {
    firing.lock();
    try {
      AppId app = draft.push().app();
      ScheduleId id = ScheduleId.of(app, key);
      return store
          .find(app, id)
          .<ScheduleResult>map(known -> new ScheduleResult.Accepted(known, occurrences(known)))
          .orElseGet(() -> add(id, draft));
    } finally {
      firing.unlock();
    }
  }

  private List<Occurrence> occurrences(Schedule schedule) {
    return store.ofSchedule(schedule.app(), schedule.id()).stream()
        .map(ScheduledOccurrence::occurrence)
        .toList();
  }

  private ScheduleResult add(ScheduleId id, Draft draft) {
    ScheduleResult drawn = schedulePlanner.plan(id, clock.instant(), draft);
    return drawn instanceof ScheduleResult.Accepted(var schedule, var occurrences)
            && !store.add(schedule, occurrences, limits.schedules())
        ? new ScheduleResult.TooMany(limits.schedules())
        : drawn;
  }

  /// Puts a draft in the place of a schedule: what fired stays, what was to come is planned anew.
  /// Empty if there is no such schedule. One that fires once and did is [ScheduleResult.Past].
  public Optional<ScheduleResult> replace(ScheduleId id, Draft draft) {
    firing.lock();
    try {
      return store.find(draft.push().app(), id).flatMap(known -> replace(known, draft));
    } finally {
      firing.unlock();
    }
  }

  private Optional<ScheduleResult> replace(Schedule known, Draft draft) {
    if (draft.trigger() instanceof Trigger.Once
        && occurrences(known).stream()
            .anyMatch(one -> !(one.status() instanceof OccurrenceStatus.Pending))) {
      return Optional.of(new ScheduleResult.Past());
    }
    ScheduleResult drawn = schedulePlanner.plan(known.id(), known.createdAt(), draft);
    if (drawn instanceof ScheduleResult.Accepted(var schedule, var occurrences)) {
      return switch (store.replace(schedule, occurrences, limits.schedules())) {
        case DONE -> Optional.of(drawn);
        case TOO_MANY -> Optional.of(new ScheduleResult.TooMany(limits.schedules()));
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
  public List<Schedule> listActive(AppId app, String origin, int skip, int limit) {
    return store.listActive(
        new ScheduleStore.ActiveFilter(app, origin, clock.instant()), skip, limit);
  }

  public int countActive(AppId app, String origin) {
    return store.count(new ScheduleStore.ActiveFilter(app, origin, clock.instant()));
  }

  public Optional<Schedule> find(AppId app, ScheduleId id) {
    return store.find(app, id);
  }

  /// A schedule's occurrences in the order in which they are due; none if there is no such one.
  public List<ScheduledOccurrence> ofSchedule(AppId app, ScheduleId id) {
    return store.ofSchedule(app, id);
  }

  public Optional<ScheduledOccurrence> occurrence(AppId app, ScheduleId id) {
    return store.occurrence(app, id);
  }

  /// Occurrences in the order in which they are due, without the first `skip`.
  public List<ScheduledOccurrence> list(ScheduleStore.Filter filter, int skip, int limit) {
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

  private boolean cancel(ScheduledOccurrence scheduledOccurrence) {
    return store.compareAndSetStatus(
        scheduledOccurrence.occurrence().id(),
        new OccurrenceStatus.Pending(),
        new OccurrenceStatus.Cancelled(clock.instant()));
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
      var outcomes = new ArrayList<RecallResult>();
      for (ScheduledOccurrence scheduledOccurrence : store.ofSchedule(app, id)) {
        if (scheduledOccurrence.occurrence().status()
            instanceof OccurrenceStatus.Fired(var task, var _)) {
          outcomes.add(
              recalls.recall(
                  app, task, new dev.boomerang.model.push.Recall.Scope.WholeTask(), origin));
        }
      }
      return Optional.of(new Recalled(cancelled, outcomes));
    } finally {
      firing.unlock();
    }
  }

  /// Fires everything that is due now. May be called at any time, from any thread.
  public void runOnce() {
    occurrenceRunner.runOnce();
  }

  @Override
  public void close() {
    periodicTask.ifPresent(PeriodicTask::close);
  }
}
