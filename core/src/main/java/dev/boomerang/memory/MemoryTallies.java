// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TallyStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Adds up what is there whenever it is asked.
final class MemoryTallies implements TallyStore {
  private final MemoryTasks tasks;
  private final MemoryDeliveries deliveries;

  MemoryTallies(MemoryTasks tasks, MemoryDeliveries deliveries) {
    this.tasks = tasks;
    this.deliveries = deliveries;
  }

  @Override
  public Tally sum(Filter filter) {
    Instant from = filter.from().truncatedTo(ChronoUnit.HOURS);
    Instant to = filter.to().truncatedTo(ChronoUnit.HOURS);
    List<Delivery> all = deliveries.all();
    return tasks.all().stream()
        .filter(task -> task.app().equals(filter.app()))
        .filter(task -> !task.lifespan().acceptedAt().isBefore(from))
        .filter(task -> task.lifespan().acceptedAt().isBefore(to))
        .filter(task -> filter.kind().isEmpty() || filter.kind().get() == task.source().kind())
        .map(task -> sum(task, all, meant(filter), isOpen(filter)))
        .reduce(Tally.NONE, Tally::plus);
  }

  private static Predicate<Delivery> meant(Filter filter) {
    return delivery ->
        (filter.platform().isEmpty() || filter.platform().get() == delivery.platform())
            && (filter.channel().isEmpty() || filter.channel().get().equals(delivery.channel()));
  }

  private static boolean isOpen(Filter filter) {
    return filter.platform().isEmpty() && filter.channel().isEmpty();
  }

  private static Tally sum(
      Task task, List<Delivery> all, Predicate<Delivery> meant, boolean withUnreached) {
    long unreached = withUnreached ? task.reached().unreached() : 0;
    return all.stream()
        .filter(delivery -> delivery.id().task().equals(task.id()))
        .filter(meant)
        .map(delivery -> Milestones.of(delivery.state()))
        .reduce(new Tally(unreached, 0, 0, 0, 0), Tally::plus);
  }

  @Override
  public Map<TaskId, Tally> ofTasks(Collection<TaskId> ids) {
    List<Delivery> all = deliveries.all();
    Map<TaskId, Tally> tallies = new HashMap<>();
    for (TaskId id : ids) {
      tasks.find(id).ifPresent(task -> tallies.put(id, sum(task, all, _ -> true, true)));
    }
    return tallies;
  }
}
