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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

final class MemoryTasks implements TaskStore {
  private record Request(AppId app, RequestKey key) {}

  private record Name(AppId app, String messageId, String target) {}

  private final TreeMap<TaskId, Task> tasks = new TreeMap<>();
  private final Map<TaskId, List<Message>> messages = new HashMap<>();
  private final Map<Request, TaskId> requests = new HashMap<>();
  private final Map<Name, Message> names = new HashMap<>();
  private final Map<TaskId, Strategy> open = new HashMap<>();
  private long highestId;
  private Optional<MemoryDeliveries> deliveries = Optional.empty();
  private Optional<MemoryRecalls> recalls = Optional.empty();
  private Optional<MemoryBroadcasts> broadcasts = Optional.empty();
  private Optional<MemoryStatistics> tallies = Optional.empty();
  private Optional<MemoryWebhookOutbox> callbacks = Optional.empty();

  void join(
      MemoryDeliveries itsDeliveries,
      MemoryRecalls itsRecalls,
      MemoryBroadcasts itsBroadcasts,
      MemoryStatistics itsTallies,
      MemoryWebhookOutbox itsCallbacks) {
    deliveries = Optional.of(itsDeliveries);
    recalls = Optional.of(itsRecalls);
    broadcasts = Optional.of(itsBroadcasts);
    tallies = Optional.of(itsTallies);
    callbacks = Optional.of(itsCallbacks);
  }

  @Override
  public synchronized List<AcceptResult> acceptAll(List<Acceptance> acceptances) {
    return acceptances.stream().map(this::judge).toList();
  }

  private AcceptResult judge(Acceptance acceptance) {
    Task task = acceptance.task();
    Set<TaskId> holders = new LinkedHashSet<>();
    acceptance
        .requestKey()
        .flatMap(key -> Optional.ofNullable(requests.get(new Request(task.app(), key))))
        .ifPresent(holders::add);
    int taken = 0;
    for (Message message : acceptance.messages()) {
      Optional<Message> holder =
          name(task.app(), message).flatMap(name -> Optional.ofNullable(names.get(name)));
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
  public synchronized AddResult add(Addition addition) {
    TaskId id = addition.task().id();
    Task task = tasks.get(id);
    if (task == null || !open.containsKey(id)) {
      return new AddResult.Closed();
    }
    Set<RegistrationId> have = deliveries.orElseThrow().registrations(id);
    List<Delivery> fresh =
        addition.deliveries().stream()
            .filter(delivery -> have.add(delivery.id().registration()))
            .toList();
    tasks.put(id, task.reached(task.counts().plus(addition.targetCounts(fresh.size()))));
    messages.computeIfPresent(id, (_, own) -> List.of(own.getFirst().plus(fresh.size())));
    deliveries.orElseThrow().begin(fresh);
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
  public synchronized Optional<Strategy> open(TaskId id) {
    return Optional.ofNullable(open.get(id));
  }

  @Override
  public synchronized void close(TaskId id) {
    open.remove(id);
  }

  /// What earlier tasks of its slots have waiting for those who get this one.
  private List<Overridden> override(Acceptance acceptance) {
    Task task = acceptance.task();
    if (task.collapseKeys().isEmpty()) {
      return List.of();
    }
    Set<RegistrationId> reached =
        acceptance.deliveries().stream()
            .map(delivery -> delivery.id().registration())
            .collect(Collectors.toSet());
    MemoryDeliveries all = deliveries.orElseThrow();
    return tasks.values().stream()
        .filter(other -> other.app().equals(task.app()) && !other.id().equals(task.id()))
        .flatMap(
            other ->
                other.id().compareTo(task.id()) < 0
                    ? all.override(other, task, reached).stream()
                    : all.override(task, other, all.registrations(other.id())).stream())
        .toList();
  }

  private void store(Acceptance acceptance, Task task) {
    tasks.put(task.id(), task);
    highestId = Math.max(highestId, task.id().value());
    messages.put(task.id(), acceptance.messages());
    acceptance.open().ifPresent(strategy -> open.put(task.id(), strategy));
    acceptance.requestKey().ifPresent(key -> requests.put(new Request(task.app(), key), task.id()));
    for (Message message : acceptance.messages()) {
      name(task.app(), message).ifPresent(name -> names.put(name, message));
    }
    acceptance
        .broadcast()
        .ifPresent(broadcastAudience -> broadcasts.orElseThrow().add(task, broadcastAudience));
    callbacks.orElseThrow().open(task);
    deliveries.orElseThrow().begin(acceptance.deliveries());
  }

  private static Optional<Name> name(AppId app, Message message) {
    return message.messageId().map(id -> new Name(app, id, message.target()));
  }

  @Override
  public synchronized Optional<Task> find(TaskId id) {
    return Optional.ofNullable(tasks.get(id));
  }

  @Override
  public synchronized Optional<Task> findByRequestKey(AppId app, RequestKey key) {
    return Optional.ofNullable(requests.get(new Request(app, key))).flatMap(this::find);
  }

  @Override
  public synchronized List<Task> list(Filter filter, int skip, int limit) {
    return tasks.descendingMap().values().stream()
        .filter(task -> task.app().equals(filter.app()))
        .filter(task -> filter.kinds().contains(task.source().kind()))
        .filter(task -> !task.validity().acceptedAt().isBefore(filter.from()))
        .filter(task -> task.validity().acceptedAt().isBefore(filter.to()))
        .filter(task -> filter.name().isEmpty() || filter.name().get().equals(task.name()))
        .skip(skip)
        .limit(limit)
        .toList();
  }

  synchronized List<Task> all() {
    return List.copyOf(tasks.values());
  }

  @Override
  public synchronized List<Message> messages(TaskId id) {
    return messages.getOrDefault(id, List.of());
  }

  @Override
  public synchronized Optional<Message> message(AppId app, String messageId, String target) {
    return Optional.ofNullable(names.get(new Name(app, messageId, target)));
  }

  @Override
  public synchronized List<Message> occurrenceMessages(AppId app, String messageId, String target) {
    return names.entrySet().stream()
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
  public synchronized long highestId() {
    return Math.max(highestId, recalls.orElseThrow().highestId());
  }

  @Override
  public synchronized int purge(Instant limit, int count) {
    List<TaskId> old =
        tasks.values().stream()
            .filter(task -> task.validity().acceptedAt().isBefore(limit))
            .limit(count)
            .map(Task::id)
            .toList();
    old.forEach(this::remove);
    return old.size();
  }

  private void remove(TaskId id) {
    find(id).ifPresent(tallies.orElseThrow()::keep);
    tasks.remove(id);
    messages.remove(id);
    open.remove(id);
    requests.values().removeIf(id::equals);
    names.values().removeIf(message -> message.task().equals(id));
    deliveries.orElseThrow().remove(id);
    broadcasts.orElseThrow().remove(id);
    callbacks.orElseThrow().remove(id);
    recalls.orElseThrow().remove(id);
  }
}
