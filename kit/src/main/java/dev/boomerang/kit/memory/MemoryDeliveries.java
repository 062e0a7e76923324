// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.WebhookEvent;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class MemoryDeliveries implements DeliveryStore {
  private static final RegistrationId LOWEST =
      new RegistrationId("0".repeat(RegistrationId.LENGTH));
  private static final RegistrationId HIGHEST =
      new RegistrationId("9".repeat(RegistrationId.LENGTH));

  private final TreeMap<DeliveryId, Delivery> all =
      new TreeMap<>(Comparator.comparing(DeliveryId::task).thenComparing(DeliveryId::registration));
  private final TaskTable tasks;
  private final MemoryWebhookOutbox webhookOutbox;
  private Optional<MemoryBroadcasts> broadcasts = Optional.empty();

  MemoryDeliveries(TaskTable tasks, MemoryWebhookOutbox webhookOutbox) {
    this.tasks = tasks;
    this.webhookOutbox = webhookOutbox;
  }

  void join(MemoryBroadcasts itsBroadcasts) {
    broadcasts = Optional.of(itsBroadcasts);
  }

  private MemoryBroadcasts broadcasts() {
    return broadcasts.orElseThrow();
  }

  synchronized void add(List<Delivery> deliveries) {
    deliveries.forEach(delivery -> all.put(delivery.id(), delivery));
  }

  /// Adds deliveries that begin a life of their own, unlike a broadcast's.
  synchronized void begin(List<Delivery> deliveries) {
    add(deliveries);
    for (Delivery delivery : deliveries) {
      DeliveryState state = delivery.state();
      webhookOutbox.add(
          delivery.id(),
          WebhookEvent.beginning(webhookOutbox.asked(delivery.id().task()), state),
          state.since());
    }
  }

  synchronized void remove(TaskId task) {
    all.keySet().removeIf(id -> id.task().equals(task));
  }

  @Override
  public synchronized List<Transition> apply(List<Change> changes) {
    return changes.stream().map(this::record).toList();
  }

  private Transition record(Change change) {
    return find(change.id())
        .map(delivery -> addEvents(move(delivery, change.event()), change))
        .orElseGet(Transition.Unknown::new);
  }

  private Transition addEvents(Transition transition, Change change) {
    if (transition instanceof Transition.Moved(var from, var to)) {
      webhookOutbox.add(
          change.id(),
          WebhookEvent.of(webhookOutbox.asked(change.id().task()), from, to),
          change.event().at());
    }
    return transition;
  }

  /// Applies an event to a delivery. Called under the lock.
  Transition move(Delivery delivery, DeliveryEvent event) {
    Transition transition = Lifecycle.apply(delivery.state(), event);
    if (transition instanceof Transition.Moved(var from, var to)) {
      all.put(delivery.id(), delivery.withState(stored(delivery.id().task(), to)));
      if (to.status() == DeliveryStatus.RECALLING && from.status() != DeliveryStatus.RECALLING) {
        broadcasts().asked(delivery.id().task(), event.at());
      }
    }
    return transition;
  }

  /// Returns the state as it is stored: a broadcast's delivery keeps no time, so none is deferred.
  private DeliveryState stored(TaskId task, DeliveryState state) {
    return state instanceof Queued queued && broadcasts().has(task)
        ? new Queued(queued.since(), queued.channel(), queued.attempt())
        : state;
  }

  synchronized Set<RegistrationId> registrations(TaskId task) {
    return of(task).map(delivery -> delivery.id().registration()).collect(Collectors.toSet());
  }

  /// Names a delivery that another one overrode, and the transition that this was.
  record Overridden(DeliveryId id, Transition transition) {}

  /// Ends what `older` has waiting for those who get `newer` in its place. Returns what it ended.
  synchronized List<Overridden> override(Task older, Task newer, Set<RegistrationId> reached) {
    List<DeliveryId> candidates =
        Stream.concat(
                of(older.id()).map(Delivery::id),
                reached.stream().map(id -> new DeliveryId(older.id(), id)))
            .distinct()
            .filter(
                id ->
                    reached.contains(id.registration())
                        || broadcasts().covers(newer.id(), id.registration()))
            .filter(
                id ->
                    find(id)
                        .map(Delivery::platform)
                        .filter(on -> newer.collapseKeys().containsKey(on))
                        .filter(on -> newer.collapseKey(on).equals(older.collapseKey(on)))
                        .isPresent())
            .toList();
    var event = new DeliveryEvent.Superseded(newer.validity().acceptedAt(), newer.id());
    return candidates.stream()
        .map(id -> new Overridden(id, record(new Change(id, event))))
        .filter(each -> each.transition() instanceof Transition.Moved)
        .toList();
  }

  @Override
  public synchronized Optional<Delivery> find(DeliveryId id) {
    return taken(id).or(() -> broadcasts().untaken(id));
  }

  /// Returns a stored delivery; none for a broadcast's that nobody has taken or whose registration
  /// is gone.
  Optional<Delivery> taken(DeliveryId id) {
    return Optional.ofNullable(all.get(id)).filter(_ -> !broadcasts().isGone(id));
  }

  @Override
  public synchronized List<Delivery> ofTask(TaskId task, String after, int limit) {
    return of(task)
        .filter(delivery -> !broadcasts().isGone(delivery.id()))
        .filter(delivery -> delivery.id().registration().value().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Map<DeliveryStatus, Integer> counts(TaskId task) {
    Map<DeliveryStatus, Integer> counts = new EnumMap<>(DeliveryStatus.class);
    of(task).forEach(delivery -> counts.merge(delivery.state().status(), 1, Integer::sum));
    return counts;
  }

  @Override
  public List<MailboxEntry> mailbox(
      RegistrationId registration, TaskId after, Instant now, int limit) {
    List<Delivery> waiting;
    synchronized (this) {
      waiting =
          of(registration, after)
              .filter(delivery -> delivery.isDeliverable(now))
              .filter(delivery -> !broadcasts().has(delivery.id().task()))
              .filter(delivery -> delivery.expiresAt().isAfter(now))
              .limit(limit)
              .toList();
    }
    return waiting.stream()
        .flatMap(d -> tasks.find(d.id().task()).map(task -> mailboxEntry(d, task)).stream())
        .toList();
  }

  private MailboxEntry mailboxEntry(Delivery delivery, Task task) {
    Message message = tasks.messages(task.id()).get(delivery.message());
    return new MailboxEntry(delivery, task, message.content().orElse(task.content()));
  }

  @Override
  public synchronized List<DeliveryId> undelivered(
      RegistrationId registration, TaskId after, Instant now, int limit) {
    return of(registration, after)
        .filter(delivery -> delivery.state().isUndelivered())
        .filter(delivery -> !broadcasts().has(delivery.id().task()))
        .filter(delivery -> delivery.expiresAt().isAfter(now))
        .map(Delivery::id)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<DeliveryId> recalling(
      RegistrationId registration, TaskId after, int limit) {
    return of(registration, after)
        .filter(delivery -> delivery.state().status() == DeliveryStatus.RECALLING)
        .filter(delivery -> !broadcasts().has(delivery.id().task()))
        .map(Delivery::id)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<DeliveryId> onDevice(
      RegistrationId registration, TaskId after, int limit) {
    return of(registration, after)
        .filter(delivery -> delivery.state().isOnDevice())
        .filter(delivery -> !broadcasts().has(delivery.id().task()))
        .map(Delivery::id)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<DeliveryId> due(Instant now, int limit) {
    return all.values().stream()
        .filter(delivery -> !broadcasts().has(delivery.id().task()))
        .filter(delivery -> delivery.deadline().filter(due -> !due.isAfter(now)).isPresent())
        .sorted(Comparator.comparing(delivery -> delivery.deadline().orElseThrow()))
        .map(Delivery::id)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<DeliveryId> retryDue(Instant now, int limit) {
    return all.values().stream()
        .filter(delivery -> notBefore(delivery).filter(due -> !due.isAfter(now)).isPresent())
        .sorted(Comparator.comparing(delivery -> notBefore(delivery).orElseThrow()))
        .map(Delivery::id)
        .limit(limit)
        .toList();
  }

  private static Optional<Instant> notBefore(Delivery delivery) {
    return delivery.state() instanceof Queued queued ? queued.notBefore() : Optional.empty();
  }

  /// Returns the deliveries of a task. Called under the lock.
  Stream<Delivery> of(TaskId task) {
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
