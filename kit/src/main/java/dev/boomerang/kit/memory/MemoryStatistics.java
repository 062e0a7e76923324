// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Adds up what is there whenever it is asked, and keeps the sums of what was cleared. Everything
/// under the lock of the tasks, then that of the deliveries.
final class MemoryStatistics implements StatisticsStore {

  /// Holds what a delivery counts under.
  private record Cell(
      AppId app,
      Instant hour,
      Source.Kind kind,
      Optional<Platform> platform,
      Optional<ChannelId> channel) {

    static Cell of(Task task, Optional<Platform> platform, Optional<ChannelId> channel) {
      return new Cell(
          task.app(), hour(task.validity().acceptedAt()), task.source().kind(), platform, channel);
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

  private final Map<Cell, DeliveryCounts> ofCleared = new HashMap<>();
  private final TaskTable tasks;
  private final MemoryDeliveries deliveries;
  private final MemoryBroadcasts broadcasts;

  MemoryStatistics(TaskTable tasks, MemoryDeliveries deliveries, MemoryBroadcasts broadcasts) {
    this.tasks = tasks;
    this.deliveries = deliveries;
    this.broadcasts = broadcasts;
  }

  @Override
  public DeliveryCounts sum(Filter filter) {
    synchronized (tasks) {
      var cells = new HashMap<>(ofCleared);
      tasks.all().forEach(task -> add(task, cells));
      return cells.entrySet().stream()
          .filter(entry -> entry.getKey().isIn(filter))
          .map(Map.Entry::getValue)
          .reduce(DeliveryCounts.NONE, DeliveryCounts::plus);
    }
  }

  @Override
  public Map<TaskId, DeliveryCounts> ofTasks(Collection<TaskId> ids) {
    synchronized (tasks) {
      Map<TaskId, DeliveryCounts> tallies = new HashMap<>();
      for (TaskId id : ids) {
        tasks
            .find(id)
            .ifPresent(
                task -> {
                  var cells = new HashMap<Cell, DeliveryCounts>();
                  add(task, cells);
                  tallies.put(
                      id,
                      cells.values().stream().reduce(DeliveryCounts.NONE, DeliveryCounts::plus));
                });
      }
      return tallies;
    }
  }

  @Override
  public Map<PlatformChannel, ChannelShare> shares(TaskId task) {
    Map<PlatformChannel, ChannelShare> channelShares = new HashMap<>();
    for (Delivery delivery : deliveries.ofTask(task, "", Integer.MAX_VALUE)) {
      DeliveryState state = delivery.state();
      channelShares.merge(
          new PlatformChannel(delivery.platform(), delivery.channel()),
          new ChannelShare(DeliveryFunnel.of(state), DeliveryFunnel.isSeen(state) ? 1 : 0),
          ChannelShare::plus);
    }
    return channelShares;
  }

  /// Keeps the sums of a task that is about to be purged.
  void keep(Task task) {
    synchronized (tasks) {
      add(task, ofCleared);
    }
  }

  private void add(Task task, Map<Cell, DeliveryCounts> cells) {
    synchronized (deliveries) {
      cells.merge(
          Cell.of(task, Optional.empty(), Optional.empty()),
          new DeliveryCounts(task.counts().unmatched(), 0, 0, 0, 0),
          DeliveryCounts::plus);
      deliveries
          .of(task.id())
          .forEach(
              delivery ->
                  cells.merge(
                      Cell.of(task, platform(task, delivery), Optional.of(delivery.channel())),
                      DeliveryFunnel.of(delivery.state()),
                      DeliveryCounts::plus));
    }
  }

  private Optional<Platform> platform(Task task, Delivery delivery) {
    return broadcasts.has(task.id())
        ? broadcasts.platform(task.id())
        : Optional.of(delivery.platform());
  }
}
