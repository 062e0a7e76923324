// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.model.schedule.Schedule;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes back what an earlier task brought. Whoever a revoking push is for loses the old task's
/// message: it is taken off their devices, and does not arrive any more where it waits.
///
/// Source: Getui "RestAPI V2", `push_message.revoke`.
public final class TaskRevoker {
  private final Engine engine;
  private final TaskResolver taskResolver;
  private final OpenTasks openTasks;
  private final Clock clock;

  public TaskRevoker(Engine engine, TaskResolver taskResolver, OpenTasks openTasks, Clock clock) {
    this.engine = engine;
    this.taskResolver = taskResolver;
    this.openTasks = openTasks;
    this.clock = clock;
  }

  /// Is what a revoking push takes back: a task, or a schedule whose task is still to come.
  record RevokeTarget(AppId app, Optional<Task> task, Optional<Schedule> schedule, boolean force) {}

  /// Returns what a revoking push takes back. Throws [ErrorKind.Simple#UNKNOWN_OLD_TASK] if the app
  /// has no such task, or if it is too old to be taken back.
  RevokeTarget target(AppId app, PushRequest.Revoke revoke) {
    Optional<Task> task = taskResolver.task(app, revoke.oldTask());
    Optional<Schedule> schedule = taskResolver.schedule(app, revoke.oldTask());
    boolean isTooOld =
        task.filter(
                found ->
                    found.validity().acceptedAt().isBefore(clock.instant().minus(Recall.WINDOW)))
            .isPresent();
    if (isTooOld || (task.isEmpty() && schedule.isEmpty())) {
      throw new GetuiException(ErrorKind.Simple.UNKNOWN_OLD_TASK);
    }
    return new RevokeTarget(app, task, schedule, revoke.force());
  }

  /// Takes the task back from these users. A repeated call takes back the same again; `repeated`
  /// keeps from happening twice what must happen once.
  Map<String, TargetStatus> revoke(
      RevokeTarget target, List<Registration> registrations, boolean repeated) {
    Map<String, TargetStatus> statusByCid = new LinkedHashMap<>();
    for (Registration registration : registrations) {
      // A schedule that is still to come has no deliveries: nobody can lose its message here.
      boolean isRecalled = target.task().filter(task -> recall(task, registration)).isPresent();
      if (!isRecalled && target.force() && !repeated) {
        openTasks.withdrawAll(target.app(), registration.id());
      }
      statusByCid.put(
          registration.id().value(),
          TargetStatus.of(engine.registrations().isConnected(registration.id())));
    }
    return statusByCid;
  }

  /// Recalls the task's delivery to one user; returns false if there was none.
  private boolean recall(Task task, Registration registration) {
    return engine
            .recalls()
            .recall(
                task.app(), task.id(), new Scope.OneDelivery(registration.id()), PushMapper.ORIGIN)
        instanceof RecallResult.Active;
  }

  /// Takes the task back from everybody, be it sent or still to come; with a segment, only from the
  /// users that it picks.
  void revoke(RevokeTarget target, Optional<Segment> segment, boolean repeated) {
    if (segment.isEmpty()) {
      target
          .task()
          .ifPresent(
              task ->
                  engine
                      .recalls()
                      .recall(target.app(), task.id(), new Scope.WholeTask(), PushMapper.ORIGIN));
      target
          .schedule()
          // Once the schedule has become a task, the recall of the task is enough.
          .filter(_ -> target.task().isEmpty())
          .ifPresent(
              schedule ->
                  engine.schedules().recall(target.app(), schedule.id(), PushMapper.ORIGIN));
    }
    if (segment.isPresent() || (target.force() && !repeated)) {
      Segment recipients = segment.orElseGet(() -> new Segment.All(List.of()));
      revoke(target, engine.registrations().matching(target.app(), recipients), repeated);
    }
  }
}
