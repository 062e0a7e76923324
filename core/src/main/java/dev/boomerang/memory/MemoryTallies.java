// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.model.AppId;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Source;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TallyStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Adds up what is there whenever it is asked, and keeps the sums of what was cleared. Everything
/// under the lock of the tasks, then that of the deliveries.
final class MemoryTallies implements TallyStore {

  /// Under what a delivery counts.
  private record Cell(
      AppId app,
      Instant hour,
      Source.Kind kind,
      Optional<Platform> platform,
      Optional<ChannelId> channel) {

    static Cell of(Task task, Optional<Platform> platform, Optional<ChannelId> channel) {
      return new Cell(
          task.app(), hour(task.lifespan().acceptedAt()), task.source().kind(), platform, channel);
    }

    private static Instant hour(Instant time) {
      return time.truncatedTo(ChronoUnit.HOURS);
    }

    boolean isIn(Filter filter) {
      return app.equals(filter.app())
          && !hour.isBefore(hour(filter.from()))
          && hour.isBefore(hour(filter.to()))
          && (filter.kind().isEmpty() || filter.kind().get() == kind)
          && (filter.platform().isEmpty() || filter.platform().equals(platform))
          && (filter.channel().isEmpty() || filter.channel().equals(channel));
    }
  }

  private final Map<Cell, Tally> ofCleared = new HashMap<>();
  private final MemoryTasks tasks;
  private final MemoryDeliveries deliveries;
  private final MemoryBroadcasts broadcasts;

  MemoryTallies(MemoryTasks tasks, MemoryDeliveries deliveries, MemoryBroadcasts broadcasts) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.broadcasts = broadcasts;
  }

  @Override
  public Tally sum(Filter filter) {
    synchronized (tasks) {
      var cells = new HashMap<>(ofCleared);
      tasks.all().forEach(task -> add(task, cells));
      return cells.entrySet().stream()
          .filter(entry -> entry.getKey().isIn(filter))
          .map(Map.Entry::getValue)
          .reduce(Tally.NONE, Tally::plus);
    }
  }

  @Override
  public Map<TaskId, Tally> ofTasks(Collection<TaskId> ids) {
    synchronized (tasks) {
      Map<TaskId, Tally> tallies = new HashMap<>();
      for (TaskId id : ids) {
        tasks
            .find(id)
            .ifPresent(
                task -> {
                  var cells = new HashMap<Cell, Tally>();
                  add(task, cells);
                  tallies.put(id, cells.values().stream().reduce(Tally.NONE, Tally::plus));
                });
      }
      return tallies;
    }
  }

  @Override
  public Map<Slot, Share> shares(TaskId task) {
    Map<Slot, Share> shares = new HashMap<>();
    for (Delivery delivery : deliveries.ofTask(task, "", Integer.MAX_VALUE)) {
      DeliveryState state = delivery.state();
      shares.merge(
          new Slot(delivery.platform(), delivery.channel()),
          new Share(Milestones.of(state), Milestones.isSeen(state) ? 1 : 0),
          Share::plus);
    }
    return shares;
  }

  /// A task is about to be cleared.
  void keep(Task task) {
    synchronized (tasks) {
      add(task, ofCleared);
    }
  }

  private void add(Task task, Map<Cell, Tally> cells) {
    synchronized (deliveries) {
      cells.merge(
          Cell.of(task, Optional.empty(), Optional.empty()),
          new Tally(task.reached().unreached(), 0, 0, 0, 0),
          Tally::plus);
      deliveries
          .of(task.id())
          .forEach(
              delivery ->
                  cells.merge(
                      Cell.of(task, platform(task, delivery), Optional.of(delivery.channel())),
                      Milestones.of(delivery.state()),
                      Tally::plus));
    }
  }

  private Optional<Platform> platform(Task task, Delivery delivery) {
    return broadcasts.has(task.id())
        ? broadcasts.platform(task.id())
        : Optional.of(delivery.platform());
  }
}
