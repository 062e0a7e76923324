// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Routed;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.port.PacedRunStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Paces, under the lock of the deliveries. They are released in the order of their registrations'
/// ids.
final class MemoryPacedRuns implements PacedRunStore {
  private static final int NOBODY = -1;

  private record Leased(PacedRun pacedRun, int node, Instant until) {
    boolean isFor(int asking, Instant now) {
      return pacedRun.running() && (node == asking || !until.isAfter(now));
    }
  }

  private final TreeMap<TaskId, Leased> all = new TreeMap<>();
  private final MemoryDeliveries deliveries;

  MemoryPacedRuns(MemoryDeliveries deliveries) {
    this.deliveries = deliveries;
  }

  void add(Task task, SendRate sendRate, int audience) {
    synchronized (deliveries) {
      var pacedRun = new PacedRun(task.id(), task.app(), sendRate, audience, 0, audience > 0);
      all.put(task.id(), new Leased(pacedRun, NOBODY, Instant.MIN));
    }
  }

  void remove(TaskId task) {
    synchronized (deliveries) {
      all.remove(task);
    }
  }

  /// Ends the run of a broadcast that was closed.
  void end(TaskId task) {
    synchronized (deliveries) {
      all.computeIfPresent(
          task,
          (_, b) ->
              new Leased(went(b.pacedRun(), b.pacedRun().released(), false), b.node(), b.until()));
    }
  }

  private static PacedRun went(PacedRun pacedRun, long released, boolean running) {
    return new PacedRun(
        pacedRun.task(),
        pacedRun.app(),
        pacedRun.sendRate(),
        pacedRun.audience(),
        released,
        running);
  }

  @Override
  public Optional<PacedRun> find(TaskId task) {
    synchronized (deliveries) {
      return Optional.ofNullable(all.get(task)).map(Leased::pacedRun);
    }
  }

  @Override
  public int running(AppId app) {
    synchronized (deliveries) {
      return (int)
          all.values().stream()
              .filter(each -> each.pacedRun().running() && each.pacedRun().app().equals(app))
              .count();
    }
  }

  @Override
  public List<PacedRun> lease(int node, Instant now, Instant until) {
    synchronized (deliveries) {
      all.replaceAll(
          (_, each) -> each.isFor(node, now) ? new Leased(each.pacedRun(), node, until) : each);
      return all.values().stream()
          .filter(each -> each.pacedRun().running() && each.node() == node)
          .map(Leased::pacedRun)
          .toList();
    }
  }

  @Override
  public Optional<Release> release(TaskId task, int node, int count, Instant now) {
    synchronized (deliveries) {
      Leased leased = all.get(task);
      if (leased == null || !leased.pacedRun().running() || leased.node() != node) {
        return Optional.empty();
      }
      List<Delivery> waiting =
          deliveries
              .of(task)
              .filter(delivery -> delivery.state().status() == DeliveryStatus.PENDING)
              .toList();
      List<Delivery> next = waiting.stream().limit(count).toList();
      for (Delivery delivery : next) {
        var unused = deliveries.move(delivery, new Routed(now, ChannelId.SELF));
      }
      PacedRun pacedRun =
          went(
              leased.pacedRun(),
              leased.pacedRun().released() + next.size(),
              next.size() < waiting.size());
      all.put(task, new Leased(pacedRun, node, leased.until()));
      return Optional.of(
          new Release(
              pacedRun,
              new MemorySegments.Ids(
                  next.stream()
                      .map(delivery -> delivery.id().registration())
                      .collect(Collectors.toSet()))));
    }
  }
}
