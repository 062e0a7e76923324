// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.report;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore;
import dev.boomerang.port.StatisticsStore.ChannelShare;
import dev.boomerang.port.StatisticsStore.Filter;
import dev.boomerang.port.StatisticsStore.PlatformChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reports how pushes turned out, in numbers. Every number is a sum over deliveries as they stand
/// now, by the time their push was accepted.
public final class Statistics {

  /// A task with its numbers.
  public record TaskStatistics(Task task, DeliveryCounts deliveryCounts) {}

  private final StatisticsStore tallies;
  private final Tasks tasks;

  public Statistics(StatisticsStore tallies, Tasks tasks) {
    this.tallies = tallies;
    this.tasks = tasks;
  }

  public DeliveryCounts sum(Filter filter) {
    return tallies.sum(filter);
  }

  /// A task's numbers; all are 0 if the app has no such task.
  public DeliveryCounts ofTask(AppId app, TaskId task) {
    return tasks.find(app, task).isEmpty()
        ? DeliveryCounts.NONE
        : tallies.ofTasks(List.of(task)).getOrDefault(task, DeliveryCounts.NONE);
  }

  /// Returns the counts of [#ofTask(AppId, TaskId)] for one platform and one channel where given.
  /// Sums by those are kept for apps and not for tasks, so with one of them the task's deliveries
  /// are counted.
  public DeliveryCounts ofTask(
      AppId app, TaskId task, Optional<Platform> platform, Optional<ChannelId> channel) {
    return platform.isEmpty() && channel.isEmpty()
        ? ofTask(app, task)
        : shares(app, task).entrySet().stream()
            .filter(each -> platform.isEmpty() || platform.get() == each.getKey().platform())
            .filter(each -> channel.isEmpty() || channel.get().equals(each.getKey().channel()))
            .map(each -> each.getValue().deliveryCounts())
            .reduce(DeliveryCounts.NONE, DeliveryCounts::plus);
  }

  /// A task's deliveries by platform and channel; none if the app has no such task.
  public Map<PlatformChannel, ChannelShare> shares(AppId app, TaskId task) {
    return tasks.find(app, task).isEmpty() ? Map.of() : tallies.shares(task);
  }

  public List<TaskStatistics> with(List<Task> listed) {
    Map<TaskId, DeliveryCounts> known = tallies.ofTasks(listed.stream().map(Task::id).toList());
    return listed.stream()
        .map(task -> new TaskStatistics(task, known.getOrDefault(task.id(), DeliveryCounts.NONE)))
        .toList();
  }
}
