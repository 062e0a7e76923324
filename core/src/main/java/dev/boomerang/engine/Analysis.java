// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.AppId;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TallyStore;
import dev.boomerang.port.TallyStore.Filter;
import dev.boomerang.port.TallyStore.Share;
import dev.boomerang.port.TallyStore.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /// As [#ofTask(AppId, TaskId)], of one platform and one channel where given. Sums by those are
  /// kept for apps and not for tasks, so with one of them the task's deliveries are counted.
  public Tally ofTask(
      AppId app, TaskId task, Optional<Platform> platform, Optional<ChannelId> channel) {
    return platform.isEmpty() && channel.isEmpty()
        ? ofTask(app, task)
        : shares(app, task).entrySet().stream()
            .filter(each -> platform.isEmpty() || platform.get() == each.getKey().platform())
            .filter(each -> channel.isEmpty() || channel.get().equals(each.getKey().channel()))
            .map(each -> each.getValue().tally())
            .reduce(Tally.NONE, Tally::plus);
  }

  /// A task's deliveries by platform and channel; none if the app has no such task.
  public Map<Slot, Share> shares(AppId app, TaskId task) {
    return tasks.find(app, task).isEmpty() ? Map.of() : tallies.shares(task);
  }

  public List<Outcome> with(List<Task> listed) {
    Map<TaskId, Tally> known = tallies.ofTasks(listed.stream().map(Task::id).toList());
    return listed.stream()
        .map(task -> new Outcome(task, known.getOrDefault(task.id(), Tally.NONE)))
        .toList();
  }
}
