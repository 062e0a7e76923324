// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Routed;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.AppId;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.PaceStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Paces, under the lock of the deliveries. They are released in the order of their registrations'
/// ids.
final class MemoryPaces implements PaceStore {
  private static final int NOBODY = -1;

  private record Leased(Run run, int node, Instant until) {
    boolean isFor(int asking, Instant now) {
      return run.running() && (node == asking || !until.isAfter(now));
    }
  }

  private final TreeMap<TaskId, Leased> all = new TreeMap<>();
  private final MemoryDeliveries deliveries;

  MemoryPaces(MemoryDeliveries deliveries) {
    this.deliveries = deliveries;
  }

  void add(Task task, Pace pace, int audience) {
    synchronized (deliveries) {
      var run = new Run(task.id(), task.app(), pace, audience, 0, audience > 0);
      all.put(task.id(), new Leased(run, NOBODY, Instant.MIN));
    }
  }

  void remove(TaskId task) {
    synchronized (deliveries) {
      all.remove(task);
    }
  }

  /// Its broadcast is closed.
  void end(TaskId task) {
    synchronized (deliveries) {
      all.computeIfPresent(
          task,
          (_, b) -> new Leased(went(b.run(), b.run().released(), false), b.node(), b.until()));
    }
  }

  private static Run went(Run run, long released, boolean running) {
    return new Run(run.task(), run.app(), run.pace(), run.audience(), released, running);
  }

  @Override
  public Optional<Run> find(TaskId task) {
    synchronized (deliveries) {
      return Optional.ofNullable(all.get(task)).map(Leased::run);
    }
  }

  @Override
  public int running(AppId app) {
    synchronized (deliveries) {
      return (int)
          all.values().stream()
              .filter(each -> each.run().running() && each.run().app().equals(app))
              .count();
    }
  }

  @Override
  public List<Run> lease(int node, Instant now, Instant until) {
    synchronized (deliveries) {
      all.replaceAll(
          (_, each) -> each.isFor(node, now) ? new Leased(each.run(), node, until) : each);
      return all.values().stream()
          .filter(each -> each.run().running() && each.node() == node)
          .map(Leased::run)
          .toList();
    }
  }

  @Override
  public Optional<Release> release(TaskId task, int node, int count, Instant now) {
    synchronized (deliveries) {
      Leased leased = all.get(task);
      if (leased == null || !leased.run().running() || leased.node() != node) {
        return Optional.empty();
      }
      List<Delivery> waiting =
          deliveries
              .of(task)
              .filter(delivery -> delivery.state().phase() == Phase.PENDING)
              .toList();
      List<Delivery> next = waiting.stream().limit(count).toList();
      for (Delivery delivery : next) {
        var unused = deliveries.move(delivery, new Routed(now, ChannelId.SELF));
      }
      Run run =
          went(leased.run(), leased.run().released() + next.size(), next.size() < waiting.size());
      all.put(task, new Leased(run, node, leased.until()));
      return Optional.of(
          new Release(
              run,
              new MemorySegments.Ids(
                  next.stream()
                      .map(delivery -> delivery.id().registration())
                      .collect(Collectors.toSet()))));
    }
  }
}
