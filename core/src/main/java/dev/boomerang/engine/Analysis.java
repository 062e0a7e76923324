// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.model.AppId;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TallyStore;
import dev.boomerang.port.TallyStore.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
  /// kept for apps and not for tasks, so with one of them the task's deliveries are read.
  public Tally ofTask(
      AppId app, TaskId task, Optional<Platform> platform, Optional<ChannelId> channel) {
    if (platform.isEmpty() && channel.isEmpty()) {
      return ofTask(app, task);
    }
    var sum = new AtomicReference<>(Tally.NONE);
    tasks.each(
        app,
        task,
        delivery -> {
          if (platform.orElse(delivery.platform()) == delivery.platform()
              && channel.orElse(delivery.channel()).equals(delivery.channel())) {
            sum.set(sum.get().plus(Milestones.of(delivery.state())));
          }
        });
    return sum.get();
  }

  public List<Outcome> with(List<Task> listed) {
    Map<TaskId, Tally> known = tallies.ofTasks(listed.stream().map(Task::id).toList());
    return listed.stream()
        .map(task -> new Outcome(task, known.getOrDefault(task.id(), Tally.NONE)))
        .toList();
  }
}
