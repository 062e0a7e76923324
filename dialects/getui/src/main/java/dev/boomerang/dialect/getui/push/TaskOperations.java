// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.schedule.Schedules.Draft;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds tasks, tells their states, and stops them.
public final class TaskOperations {
  /// Is the time before a push from which on its schedule cannot be deleted any more.
  ///
  /// Source: Getui "RestAPI V2", delete a scheduled task.
  private static final Duration MIN_NOTICE = Duration.ofMinutes(1);

  private final Engine engine;
  private final OpenTasks openTasks;
  private final TaskResolver taskResolver;
  private final Clock clock;

  public TaskOperations(
      Engine engine, OpenTasks openTasks, TaskResolver taskResolver, Clock clock) {
    this.engine = engine;
    this.openTasks = openTasks;
    this.taskResolver = taskResolver;
    this.clock = clock;
  }

  /// Stops a list or app push: what has not left the server does not leave it, and what waits for
  /// its time or its second call is not sent. A repeated call changes nothing.
  public void stop(AppId app, String name) {
    Optional<Task> task = taskResolver.task(app, name);
    if (task.isPresent()) {
      if (PushMapper.kind(task.get()) == GetuiTaskId.Kind.SINGLE) {
        throw new GetuiException(ErrorKind.Simple.NOT_STOPPABLE);
      }
      openTasks.stop(app, task.get().id());
    } else {
      Schedule schedule =
          taskResolver
              .schedule(app, name)
              .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_TASK));
      cancel(schedule);
    }
  }

  /// Cancels what has not been sent. A prepared push is kept and marked, so that its second call is
  /// answered that the task is over, and not that it is unknown.
  private void cancel(Schedule schedule) {
    if (ScheduleDetail.of(schedule) instanceof ScheduleDetail.Prepared) {
      Instant end = schedule.endsAt();
      Instant later = clock.instant().plus(AppPushes.MAX_SCHEDULE_AHEAD);
      var draft =
          new Draft(
              schedule.push(),
              // The cancelled schedule gets a time that lies ahead; it fires nothing.
              new Trigger.Once(end.isAfter(clock.instant()) ? end : later),
              new ScheduleDetail.Cancelled().encode(),
              false);
      engine.schedules().replace(schedule.id(), draft);
    } else {
      engine.schedules().cancel(schedule.app(), schedule.id());
    }
  }

  /// Is a scheduled push with its state.
  public record ScheduledPush(
      GetuiTaskId name, Instant createdAt, Instant pushAt, Content content, Outcome outcome) {}

  /// Says what became of a scheduled push.
  public enum Outcome {
    /// The push still waits for its time.
    WAITING,
    SENT,
    /// Nobody matched, or the server was not running in time.
    FAILED,
    DELETED
  }

  /// Returns a scheduled push and its state. Throws [ErrorKind.Simple#NOT_SCHEDULED] if the app has
  /// no push of this name that has a time.
  public ScheduledPush schedule(AppId app, String name) {
    Schedule schedule = requireScheduled(app, name);
    return new ScheduledPush(
        GetuiTaskId.of(GetuiTaskId.Kind.APP, schedule.id(), schedule.createdAt()),
        schedule.createdAt(),
        schedule.endsAt(),
        schedule.push().content(),
        taskResolver
            .occurrence(schedule)
            .map(Occurrence::status)
            .map(TaskOperations::outcome)
            .orElse(
                ScheduleDetail.of(schedule) instanceof ScheduleDetail.Cancelled
                    ? Outcome.DELETED
                    : Outcome.WAITING));
  }

  /// Returns a schedule that has a time. A push that was prepared and sent without one was never
  /// scheduled.
  private Schedule requireScheduled(AppId app, String name) {
    return taskResolver
        .schedule(app, name)
        .filter(found -> isScheduled(ScheduleDetail.of(found)))
        .orElseThrow(() -> new GetuiException(ErrorKind.Simple.NOT_SCHEDULED));
  }

  private static boolean isScheduled(ScheduleDetail detail) {
    return switch (detail) {
      case ScheduleDetail.Prepared(boolean scheduled) -> scheduled;
      case ScheduleDetail.Launched _ -> false;
      case ScheduleDetail.Timed _, ScheduleDetail.Cancelled _ -> true;
    };
  }

  /// Returns the state that callers are told; one that is being sent still counts as waiting.
  private static Outcome outcome(OccurrenceStatus occurrenceStatus) {
    return switch (occurrenceStatus) {
      case OccurrenceStatus.Pending _, OccurrenceStatus.Firing _ -> Outcome.WAITING;
      case OccurrenceStatus.Fired _ -> Outcome.SENT;
      case OccurrenceStatus.Dropped _ -> Outcome.FAILED;
      case OccurrenceStatus.Cancelled _ -> Outcome.DELETED;
    };
  }

  /// Cancels a scheduled push. A repeated call changes nothing.
  public void cancelSchedule(AppId app, String name) {
    Schedule schedule = requireScheduled(app, name);
    switch (schedule(app, name).outcome()) {
      case SENT, FAILED -> throw new GetuiException(ErrorKind.Simple.SCHEDULE_FIRED);
      case DELETED -> {}
      case WAITING -> {
        if (schedule.endsAt().isBefore(clock.instant().plus(MIN_NOTICE))) {
          throw new GetuiException(ErrorKind.Simple.SCHEDULE_SOON);
        }
        cancel(schedule);
      }
    }
  }

  /// Returns the timeline of a task's delivery to one user.
  public List<Delivery.TimelineEntry> timeline(AppId app, String name, String cid) {
    Task task =
        taskResolver
            .task(app, name)
            .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_TASK));
    RegistrationId id =
        RegistrationId.parse(cid)
            .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_USER));
    return engine
        .tasks()
        .delivery(app, task.id(), id)
        .map(Delivery::timeline)
        .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_USER));
  }

  /// Returns the status of a task's delivery to each of these users; users that it was not for are
  /// left out.
  public Map<String, DeliveryStatus> statuses(AppId app, String name, List<String> cids) {
    Task task =
        taskResolver
            .task(app, name)
            .orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_TASK));
    Map<String, DeliveryStatus> statuses = new LinkedHashMap<>();
    for (String cid : cids) {
      RegistrationId.parse(cid)
          .flatMap(id -> engine.tasks().delivery(app, task.id(), id))
          .ifPresent(delivery -> statuses.put(cid, delivery.state().status()));
    }
    return statuses;
  }
}
