// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.schedule;

import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.OccurrenceName;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.TaskStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;

/// Fires what is due. An occurrence fires once: it is marked [OccurrenceStatus.Firing] before and
/// [OccurrenceStatus.Fired] after, and its push carries its id as request key, so one that a stop
/// interrupted is fired again and accepted once. One that comes late is pushed with what is left of
/// its lifetime, or dropped.
public final class OccurrenceRunner {
  private static final System.Logger LOG = System.getLogger(OccurrenceRunner.class.getName());

  /// The scope of the request keys of pushes that schedules make.
  private static final int BATCH = 100;

  private final ScheduleStore store;
  private final TaskStore tasks;
  private final Submissions submissions;
  private final Lock one;
  private final Clock clock;

  /// `one` is held while one occurrence fires.
  OccurrenceRunner(
      ScheduleStore store, TaskStore tasks, Submissions submissions, Lock one, Clock clock) {
    this.store = store;
    this.tasks = tasks;
    this.submissions = submissions;
    this.one = one;
    this.clock = clock;
  }

  /// Fires everything that is due now. What fails stays [OccurrenceStatus.Firing], for the next
  /// pass, and those behind it do not wait for it. May be called at any time, from any thread.
  void runOnce() {
    List<ScheduledOccurrence> due;
    boolean well;
    do {
      due = store.due(clock.instant(), BATCH);
      well = true;
      for (ScheduledOccurrence scheduledOccurrence : due) {
        well &= fired(scheduledOccurrence);
      }
    } while (due.size() == BATCH && well);
  }

  private boolean fired(ScheduledOccurrence scheduledOccurrence) {
    try {
      fire(scheduledOccurrence);
      return true;
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "event=schedule-failed occurrence=" + scheduledOccurrence.occurrence().id(),
          e);
      return false;
    }
  }

  private void fire(ScheduledOccurrence scheduledOccurrence) {
    ScheduleId id = scheduledOccurrence.occurrence().id();
    one.lock();
    try {
      boolean again = scheduledOccurrence.occurrence().status() instanceof OccurrenceStatus.Firing;
      if (again
          || store.compareAndSetStatus(
              id, new OccurrenceStatus.Pending(), new OccurrenceStatus.Firing())) {
        store.compareAndSetStatus(id, new OccurrenceStatus.Firing(), outcome(scheduledOccurrence));
      }
    } finally {
      one.unlock();
    }
  }

  private OccurrenceStatus outcome(ScheduledOccurrence scheduledOccurrence) {
    RequestKey key = Occurrence.requestKey(scheduledOccurrence.occurrence().id());
    Optional<Task> before = tasks.findByRequestKey(scheduledOccurrence.schedule().app(), key);
    if (before.isPresent()) {
      return new OccurrenceStatus.Fired(before.get().id(), before.get().validity().acceptedAt());
    }
    Instant now = clock.instant();
    Push push = named(scheduledOccurrence, key);
    Instant dueAt = scheduledOccurrence.occurrence().dueAt();
    if (!now.isBefore(dueAt.plus(push.options().lifetime()))) {
      return new OccurrenceStatus.Dropped(now, "its lifetime was over");
    }
    return switch (submissions.submit(push, dueAt)) {
      case SubmitResult.Accepted(Task task) -> new OccurrenceStatus.Fired(task.id(), now);
      case SubmitResult.Repeated(Task first) -> new OccurrenceStatus.Fired(first.id(), now);
      case SubmitResult.Refused refused -> new OccurrenceStatus.Dropped(now, refused.reason());
    };
  }

  /// Builds the push of one firing. Message ids of a cycle's firings are [OccurrenceName]s. A rule
  /// that reaches back does so from the firing.
  private static Push named(ScheduledOccurrence scheduledOccurrence, RequestKey key) {
    Push push = scheduledOccurrence.schedule().push();
    UnaryOperator<String> name =
        scheduledOccurrence.schedule().cyclic()
            ? id -> new OccurrenceName(id, scheduledOccurrence.occurrence().id()).toString()
            : UnaryOperator.identity();
    Audience audience =
        switch (push.audience()) {
          case Audience.Targeted(var targetKind, var targets, var platform) ->
              new Audience.Targeted(
                  targetKind,
                  targets.stream().map(target -> named(target, name)).toList(),
                  platform);
          case Audience.Everyone everyone ->
              everyone.shiftedBy(
                  Duration.between(
                      scheduledOccurrence.schedule().createdAt(),
                      scheduledOccurrence.occurrence().dueAt()));
          case Audience.BySegment bySegment -> bySegment;
        };
    Push.Options options = push.options();
    return new Push(
        push.app(),
        push.name(),
        audience,
        push.content(),
        options.requestKey(Optional.of(key)).messageId(options.messageId().map(name)));
  }

  private static Target named(Target target, UnaryOperator<String> name) {
    return new Target(target.name(), target.messageId().map(name), target.content());
  }
}
