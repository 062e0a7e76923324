// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.engine.report.Tasks;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import java.util.Optional;

/// Finds the task or schedule that a name stands for. A push that waited for its time keeps the
/// name that it had then.
public final class TaskResolver {
  private final Tasks tasks;
  private final Schedules schedules;

  public TaskResolver(Tasks tasks, Schedules schedules) {
    this.tasks = tasks;
    this.schedules = schedules;
  }

  /// Returns the task that a name stands for; empty as long as its push waits.
  public Optional<Task> task(AppId app, String name) {
    return GetuiTaskId.parse(name)
        .flatMap(
            id ->
                switch (id) {
                  case GetuiTaskId.OfTask(TaskId task) -> Optional.of(task);
                  case GetuiTaskId.OfSchedule(ScheduleId schedule) -> firedTask(app, schedule);
                })
        .flatMap(task -> tasks.find(app, task));
  }

  /// Returns the task that a schedule became: the one that its launch made, or the one of its time.
  private Optional<TaskId> firedTask(AppId app, ScheduleId id) {
    return schedules
        .find(app, id)
        .flatMap(
            schedule ->
                ScheduleDetail.of(schedule) instanceof ScheduleDetail.Launched(TaskId task)
                    ? Optional.of(task)
                    : firedTask(schedule));
  }

  private Optional<TaskId> firedTask(Schedule schedule) {
    return occurrence(schedule)
        .flatMap(
            occurrence ->
                occurrence.status() instanceof OccurrenceStatus.Fired(TaskId task, var _)
                    ? Optional.of(task)
                    : Optional.empty());
  }

  /// Returns the schedule that a name stands for; empty for a task's name, and for a schedule that
  /// another dialect made.
  Optional<Schedule> schedule(AppId app, String name) {
    return GetuiTaskId.parse(name)
        .flatMap(
            id ->
                id instanceof GetuiTaskId.OfSchedule(ScheduleId schedule)
                    ? schedules.find(app, schedule)
                    : Optional.empty())
        .filter(found -> found.push().options().source().origin().equals(PushMapper.ORIGIN));
  }

  /// Returns the one occurrence of a schedule of ours; empty before it is launched.
  Optional<Occurrence> occurrence(Schedule schedule) {
    return schedules.ofSchedule(schedule.app(), schedule.id()).stream()
        .map(scheduledOccurrence -> scheduledOccurrence.occurrence())
        .findFirst();
  }
}
