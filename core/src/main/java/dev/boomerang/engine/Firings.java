// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.Audience;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.OccurrenceName;
import dev.boomerang.model.Push;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.ScheduleStore.Planned;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.TaskStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;

/// Fires what is due. An occurrence fires once: it is marked [Fate.Firing] before and [Fate.Fired]
/// after, and its push carries its id as request key, so one that a stop interrupted is fired again
/// and accepted once. One that comes late is pushed with what is left of its lifetime, or dropped.
final class Firings {
  private static final System.Logger LOG = System.getLogger(Firings.class.getName());

  /// The scope of the request keys of pushes that schedules make.
  private static final String SCOPE = "schedule";

  private static final int BATCH = 100;

  private final ScheduleStore store;
  private final TaskStore tasks;
  private final Submissions submissions;
  private final Lock one;
  private final Clock clock;

  /// `one` is held while one occurrence fires.
  Firings(ScheduleStore store, TaskStore tasks, Submissions submissions, Lock one, Clock clock) {
    this.store = store;
    this.tasks = tasks;
    this.submissions = submissions;
    this.one = one;
    this.clock = clock;
  }

  /// Fires everything that is due now. What fails stays [Fate.Firing], for the next pass, and those
  /// behind it do not wait for it. May be called at any time, from any thread.
  void pass() {
    List<Planned> due;
    boolean well;
    do {
      due = store.due(clock.instant(), BATCH);
      well = true;
      for (Planned planned : due) {
        well &= fired(planned);
      }
    } while (due.size() == BATCH && well);
  }

  private boolean fired(Planned planned) {
    try {
      fire(planned);
      return true;
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "event=schedule-failed occurrence=" + planned.occurrence().id(),
          e);
      return false;
    }
  }

  private void fire(Planned planned) {
    ScheduleId id = planned.occurrence().id();
    one.lock();
    try {
      boolean again = planned.occurrence().fate() instanceof Fate.Firing;
      if (again || store.move(id, new Fate.Pending(), new Fate.Firing())) {
        store.move(id, new Fate.Firing(), outcome(planned));
      }
    } finally {
      one.unlock();
    }
  }

  private Fate outcome(Planned planned) {
    RequestKey key = key(planned.occurrence().id());
    Optional<Task> before = tasks.requested(planned.schedule().app(), key);
    if (before.isPresent()) {
      return new Fate.Fired(before.get().id(), before.get().lifespan().acceptedAt());
    }
    Instant now = clock.instant();
    Push push = named(planned, key);
    Instant dueAt = planned.occurrence().dueAt();
    if (!now.isBefore(dueAt.plus(push.options().lifetime()))) {
      return new Fate.Dropped(now, "its lifetime was over");
    }
    return switch (submissions.submit(push, dueAt)) {
      case Submission.Accepted(Task task) -> new Fate.Fired(task.id(), now);
      case Submission.Repeated(Task first) -> new Fate.Fired(first.id(), now);
      case Submission.Refused refused -> new Fate.Dropped(now, refused.reason());
    };
  }

  /// Returns the request key of the push that an occurrence makes.
  static RequestKey key(ScheduleId occurrence) {
    return new RequestKey(SCOPE, occurrence.value());
  }

  /// The push of one firing. Message ids of a cycle's firings are [OccurrenceName]s. A rule that
  /// reaches back does so from the firing.
  private static Push named(Planned planned, RequestKey key) {
    Push push = planned.schedule().push();
    UnaryOperator<String> name =
        planned.schedule().cyclic()
            ? id -> new OccurrenceName(id, planned.occurrence().id()).toString()
            : UnaryOperator.identity();
    Audience audience =
        switch (push.audience()) {
          case Audience.Named(var by, var targets, var platform) ->
              new Audience.Named(
                  by, targets.stream().map(target -> named(target, name)).toList(), platform);
          case Audience.Everyone everyone ->
              everyone.moved(
                  Duration.between(planned.schedule().createdAt(), planned.occurrence().dueAt()));
          case Audience.Matching matching -> matching;
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
