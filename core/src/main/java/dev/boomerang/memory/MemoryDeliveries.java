// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.DeliveryStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

final class MemoryDeliveries implements DeliveryStore {
  private static final RegistrationId LOWEST =
      new RegistrationId("0".repeat(RegistrationId.LENGTH));
  private static final RegistrationId HIGHEST =
      new RegistrationId("9".repeat(RegistrationId.LENGTH));

  private final TreeMap<DeliveryId, Delivery> all =
      new TreeMap<>(Comparator.comparing(DeliveryId::task).thenComparing(DeliveryId::registration));
  private final MemoryTasks tasks;

  MemoryDeliveries(MemoryTasks tasks) {
    this.tasks = tasks;
  }

  synchronized void add(List<Delivery> deliveries) {
    deliveries.forEach(delivery -> all.put(delivery.id(), delivery));
  }

  synchronized void remove(TaskId task) {
    all.keySet().removeIf(id -> id.task().equals(task));
  }

  @Override
  public synchronized List<Transition> record(List<Change> changes) {
    return changes.stream().map(this::record).toList();
  }

  private Transition record(Change change) {
    Delivery delivery = all.get(change.id());
    if (delivery == null) {
      return new Transition.Unknown();
    }
    Transition transition = Lifecycle.apply(delivery.state(), change.event());
    if (transition instanceof Transition.Moved(var _, var to)) {
      all.put(change.id(), delivery.moved(to));
    }
    return transition;
  }

  @Override
  public synchronized Optional<Delivery> find(DeliveryId id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public synchronized List<Delivery> ofTask(TaskId task, String after, int limit) {
    return of(task)
        .filter(delivery -> delivery.id().registration().value().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Map<Phase, Integer> counts(TaskId task) {
    Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    of(task).forEach(delivery -> counts.merge(delivery.state().phase(), 1, Integer::sum));
    return counts;
  }

  @Override
  public List<Parcel> mailbox(RegistrationId registration, TaskId after, Instant now, int limit) {
    List<Delivery> waiting;
    synchronized (this) {
      waiting =
          of(registration, after)
              .filter(Delivery::inMailbox)
              .filter(delivery -> delivery.expiresAt().isAfter(now))
              .limit(limit)
              .toList();
    }
    return waiting.stream()
        .flatMap(d -> tasks.find(d.id().task()).map(task -> new Parcel(d, task)).stream())
        .toList();
  }

  @Override
  public synchronized List<DeliveryId> recalling(
      RegistrationId registration, TaskId after, int limit) {
    return of(registration, after)
        .filter(delivery -> delivery.state().phase() == Phase.RECALLING)
        .map(Delivery::id)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<DeliveryId> due(Instant now, int limit) {
    return all.values().stream()
        .filter(delivery -> delivery.due().filter(due -> !due.isAfter(now)).isPresent())
        .sorted(Comparator.comparing(delivery -> delivery.due().orElseThrow()))
        .map(Delivery::id)
        .limit(limit)
        .toList();
  }

  private Stream<Delivery> of(TaskId task) {
    return all
        .subMap(new DeliveryId(task, LOWEST), true, new DeliveryId(task, HIGHEST), true)
        .values()
        .stream();
  }

  private Stream<Delivery> of(RegistrationId registration, TaskId after) {
    return all.values().stream()
        .filter(delivery -> delivery.id().registration().equals(registration))
        .filter(delivery -> delivery.id().task().compareTo(after) > 0);
  }
}
