// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TallyStore;
import dev.boomerang.port.TallyStore.Filter;
import java.util.List;
import java.util.Map;

/// How pushes turned out, in numbers. Every number is a sum over deliveries as they stand now, by
/// the time their push was accepted.
public final class Analysis {

  /// A task with its numbers.
  public record Outcome(Task task, Tally tally) {}

  private final TallyStore tallies;
  private final Tasks tasks;

  Analysis(TallyStore tallies, Tasks tasks) {
    this.tallies = tallies;
    this.tasks = tasks;
  }

  public Tally sum(Filter filter) {
    return tallies.sum(filter);
  }

  /// A task's numbers; all are 0 if the app has no such task.
  public Tally ofTask(AppId app, TaskId task) {
    return tasks.find(app, task).isEmpty()
        ? Tally.NONE
        : tallies.ofTasks(List.of(task)).getOrDefault(task, Tally.NONE);
  }

  public List<Outcome> with(List<Task> listed) {
    Map<TaskId, Tally> known = tallies.ofTasks(listed.stream().map(Task::id).toList());
    return listed.stream()
        .map(task -> new Outcome(task, known.getOrDefault(task.id(), Tally.NONE)))
        .toList();
  }
}
