// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.kit.memory.MemoryDeliveries.Overridden;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.schedule.OccurrenceName;
import dev.boomerang.port.TaskStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

final class MemoryTasks implements TaskStore {
  private final TaskTable table;
  private final MemoryDeliveries deliveries;
  private final MemoryRecalls recalls;
  private final MemoryBroadcasts broadcasts;
  private final MemoryStatistics statistics;
  private final MemoryWebhookOutbox webhooks;

  MemoryTasks(
      TaskTable table,
      MemoryDeliveries deliveries,
      MemoryRecalls recalls,
      MemoryBroadcasts broadcasts,
      MemoryStatistics statistics,
      MemoryWebhookOutbox webhooks) {
    this.table = table;
    this.deliveries = deliveries;
    this.recalls = recalls;
    this.broadcasts = broadcasts;
    this.statistics = statistics;
    this.webhooks = webhooks;
  }

  @Override
  public List<AcceptResult> acceptAll(List<Acceptance> acceptances) {
    synchronized (table) {
      return acceptances.stream().map(this::judge).toList();
    }
  }

  private AcceptResult judge(Acceptance acceptance) {
    Task task = acceptance.task();
    Set<TaskId> holders = new LinkedHashSet<>();
    acceptance.requestKey().flatMap(key -> table.find(task.app(), key)).ifPresent(holders::add);
    int taken = 0;
    for (Message message : acceptance.messages()) {
      Optional<Message> holder = TaskTable.name(task.app(), message).flatMap(table::find);
      holder.map(Message::task).ifPresent(holders::add);
      taken += holder.isPresent() ? 1 : 0;
    }
    if (!holders.isEmpty()) {
      return new AcceptResult.Duplicate(
          holders.stream().flatMap(id -> find(id).stream()).toList(), taken);
    }
    store(acceptance, task);
    List<Overridden> overridden = override(acceptance);
    return new AcceptResult.Stored(ids(overridden), moved(overridden));
  }

  @Override
  public AddResult add(Addition addition) {
    synchronized (table) {
      TaskId id = addition.task().id();
      Optional<Task> found = find(id).filter(_ -> table.open(id).isPresent());
      return found.<AddResult>map(task -> add(task, addition)).orElseGet(AddResult.Closed::new);
    }
  }

  private AddResult.Stored add(Task task, Addition addition) {
    Set<RegistrationId> have = deliveries.registrations(task.id());
    List<Delivery> fresh =
        addition.deliveries().stream()
            .filter(delivery -> have.add(delivery.id().registration()))
            .toList();
    table.grow(task.reached(task.counts().plus(addition.targetCounts(fresh.size()))), fresh.size());
    deliveries.begin(fresh);
    List<Overridden> overridden =
        override(
            new Acceptance(
                task, Optional.empty(), Optional.empty(), List.of(), fresh, Optional.empty()));
    return new AddResult.Stored(fresh, ids(overridden), moved(overridden));
  }

  private static List<DeliveryId> ids(List<Overridden> overridden) {
    return overridden.stream().map(Overridden::id).toList();
  }

  private static TransitionCounts moved(List<Overridden> overridden) {
    return TransitionCounts.of(overridden.stream().map(Overridden::transition).toList());
  }

  @Override
  public Optional<Strategy> open(TaskId id) {
    return table.open(id);
  }

  @Override
  public void close(TaskId id) {
    table.close(id);
  }

  /// Ends what earlier tasks with its collapse keys have waiting for those who get this one.
  private List<Overridden> override(Acceptance acceptance) {
    Task task = acceptance.task();
    if (task.collapseKeys().isEmpty()) {
      return List.of();
    }
    Set<RegistrationId> reached =
        acceptance.deliveries().stream()
            .map(delivery -> delivery.id().registration())
            .collect(Collectors.toSet());
    return table.all().stream()
        .filter(other -> other.app().equals(task.app()) && !other.id().equals(task.id()))
        .flatMap(
            other ->
                other.id().compareTo(task.id()) < 0
                    ? deliveries.override(other, task, reached).stream()
                    : deliveries
                        .override(task, other, deliveries.registrations(other.id()))
                        .stream())
        .toList();
  }

  private void store(Acceptance acceptance, Task task) {
    table.add(task, acceptance.messages(), acceptance.requestKey(), acceptance.open());
    acceptance.broadcast().ifPresent(audience -> broadcasts.add(task, audience));
    webhooks.open(task);
    deliveries.begin(acceptance.deliveries());
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return table.find(id);
  }

  @Override
  public Optional<Task> findByRequestKey(AppId app, RequestKey key) {
    synchronized (table) {
      return table.find(app, key).flatMap(this::find);
    }
  }

  @Override
  public List<Task> list(Filter filter, int skip, int limit) {
    return table.all().reversed().stream()
        .filter(task -> task.app().equals(filter.app()))
        .filter(task -> filter.kinds().contains(task.source().kind()))
        .filter(task -> !task.validity().acceptedAt().isBefore(filter.from()))
        .filter(task -> task.validity().acceptedAt().isBefore(filter.to()))
        .filter(task -> filter.name().isEmpty() || filter.name().get().equals(task.name()))
        .skip(skip)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Message> messages(TaskId id) {
    return table.messages(id);
  }

  @Override
  public Optional<Message> message(AppId app, String messageId, String target) {
    return table.find(new TaskTable.Name(app, messageId, target));
  }

  @Override
  public List<Message> occurrenceMessages(AppId app, String messageId, String target) {
    return table.names().entrySet().stream()
        .filter(entry -> entry.getKey().app().equals(app) && entry.getKey().target().equals(target))
        .filter(
            entry ->
                OccurrenceName.parse(entry.getKey().messageId())
                    .filter(name -> name.messageId().equals(messageId))
                    .isPresent())
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(Message::task).reversed())
        .toList();
  }

  @Override
  public long highestId() {
    return Math.max(table.highestId(), recalls.highestId());
  }

  @Override
  public int purge(Instant limit, int count) {
    synchronized (table) {
      List<TaskId> old =
          table.all().stream()
              .filter(task -> task.validity().acceptedAt().isBefore(limit))
              .limit(count)
              .map(Task::id)
              .toList();
      old.forEach(this::remove);
      return old.size();
    }
  }

  private void remove(TaskId id) {
    find(id).ifPresent(statistics::keep);
    table.remove(id);
    deliveries.remove(id);
    broadcasts.remove(id);
    webhooks.remove(id);
    recalls.remove(id);
  }
}
