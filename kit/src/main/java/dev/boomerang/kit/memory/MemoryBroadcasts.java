// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import static dev.boomerang.lifecycle.DeliveryState.Overridden.Outcome.REPLACED;
import static dev.boomerang.lifecycle.DeliveryState.Recalled.Outcome.PREVENTED;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.StopRequested;
import dev.boomerang.lifecycle.DeliveryEvent.Superseded;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.port.SegmentStore.RegistrationSet;
import dev.boomerang.port.TaskStore.BroadcastAudience;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Broadcasts and their rules. What devices have taken of them is with [MemoryDeliveries], whose
/// lock is also this one's.
final class MemoryBroadcasts implements BroadcastStore {

  /// `recalled`: as a whole. `expired`: the end of its lifetime is noted. `waitUntil`: for devices
  /// to answer a recall.
  private record Broadcast(
      Task task,
      BroadcastAudience broadcastAudience,
      CloseReason closeReason,
      boolean recalled,
      boolean expired,
      Optional<Instant> waitUntil) {

    static Broadcast begin(Task task, BroadcastAudience broadcastAudience) {
      return new Broadcast(task, broadcastAudience, CloseReason.NO, false, false, Optional.empty());
    }

    Broadcast stopped() {
      return new Broadcast(
          task,
          broadcastAudience,
          closeReason.then(CloseReason.STOPPED),
          recalled,
          expired,
          waitUntil);
    }

    Broadcast asked() {
      return new Broadcast(
          task,
          broadcastAudience,
          closeReason.then(CloseReason.RECALLED),
          true,
          expired,
          waitUntil);
    }

    Broadcast waitingUntil(Instant end) {
      return new Broadcast(
          task, broadcastAudience, closeReason, recalled, expired, Optional.of(end));
    }

    /// Returns the broadcast after the clock has acted on it.
    Broadcast passed(Instant now) {
      boolean over = expired || isOver(now);
      return new Broadcast(
          task,
          broadcastAudience,
          over ? closeReason.then(CloseReason.EXPIRED) : closeReason,
          recalled,
          over,
          waitUntil.filter(end -> end.isAfter(now)));
    }

    boolean covers(RegistrationId id, AudienceAttributes audienceAttributes) {
      return switch (broadcastAudience) {
        case BroadcastAudience.ByRule(var rule) -> rule.covers(audienceAttributes);
        case BroadcastAudience.Fixed(var registrationSet) ->
            MemorySegments.has(registrationSet, id);
        case BroadcastAudience.Paced(var registrationSet, var _) ->
            MemorySegments.has(registrationSet, id);
      };
    }

    boolean isOver(Instant now) {
      return !task.expiresAt().isAfter(now);
    }

    boolean isGivenUp(Instant now) {
      return waitUntil.filter(end -> !end.isAfter(now)).isPresent();
    }

    /// Returns when the clock acts on it next.
    Optional<Instant> due() {
      Optional<Instant> end = expired ? Optional.empty() : Optional.of(task.expiresAt());
      return Stream.concat(end.stream(), waitUntil.stream()).min(Comparator.naturalOrder());
    }
  }

  private final TreeMap<TaskId, Broadcast> all = new TreeMap<>();
  private final MemoryRegistrations registrations;
  private final MemoryDeliveries deliveries;
  private final MemoryPacedRuns pacedRuns;

  MemoryBroadcasts(
      MemoryRegistrations registrations, MemoryDeliveries deliveries, MemoryPacedRuns pacedRuns) {
    this.registrations = registrations;
    this.deliveries = deliveries;
    this.pacedRuns = pacedRuns;
  }

  void add(Task task, BroadcastAudience broadcastAudience) {
    synchronized (deliveries) {
      all.put(task.id(), Broadcast.begin(task, broadcastAudience));
      Instant now = task.validity().acceptedAt();
      switch (broadcastAudience) {
        case BroadcastAudience.ByRule _ -> {}
        case BroadcastAudience.Fixed(var registrationSet) ->
            begin(task, registrationSet, new Queued(now, ChannelId.SELF, 0));
        case BroadcastAudience.Paced(var registrationSet, var sendRate) -> {
          begin(task, registrationSet, new Pending(now));
          pacedRuns.add(task, sendRate, registrationSet.size());
        }
      }
    }
  }

  private void begin(Task task, RegistrationSet registrationSet, DeliveryState state) {
    deliveries.add(
        registrations.all().stream()
            .filter(each -> MemorySegments.has(registrationSet, each.id()))
            .map(
                each ->
                    Delivery.create(
                        new DeliveryId(task.id(), each.id()),
                        task.app(),
                        each.device().platform(),
                        0,
                        task.expiresAt(),
                        state))
            .toList());
  }

  void remove(TaskId task) {
    synchronized (deliveries) {
      all.remove(task);
      pacedRuns.remove(task);
    }
  }

  boolean has(TaskId task) {
    return all.containsKey(task);
  }

  /// Returns the platform a broadcast's rule asks for.
  Optional<Platform> platform(TaskId task) {
    return Optional.ofNullable(all.get(task))
        .flatMap(
            broadcast ->
                switch (broadcast.broadcastAudience) {
                  case BroadcastAudience.ByRule(var rule) -> rule.platform();
                  case BroadcastAudience.Fixed _, BroadcastAudience.Paced _ -> Optional.empty();
                });
  }

  /// Returns whether it is a broadcast's, to a registration that is not there any more.
  boolean isGone(DeliveryId id) {
    return has(id.task()) && registrations.find(id.registration()).isEmpty();
  }

  /// Returns the delivery of a broadcast that its device has not taken yet. Called under the lock.
  Optional<Delivery> untaken(DeliveryId id) {
    Broadcast broadcast = all.get(id.task());
    return broadcast == null
        ? Optional.empty()
        : registrations
            .find(id.registration())
            .filter(found -> found.app().equals(broadcast.task.app()))
            .filter(found -> broadcast.covers(found.id(), found.audienceAttributes()))
            .map(found -> untaken(broadcast, id, found.audienceAttributes()));
  }

  /// Returns the broadcast that overrode another for this registration, if one did.
  private Optional<Broadcast> newer(
      Broadcast than, RegistrationId id, AudienceAttributes audienceAttributes) {
    return all.tailMap(than.task.id(), false).values().stream()
        .filter(b -> b.task.app().equals(audienceAttributes.app()))
        .filter(b -> b.task.collapseKeys().containsKey(audienceAttributes.platform()))
        .filter(
            b ->
                b.task
                    .collapseKey(audienceAttributes.platform())
                    .equals(than.task.collapseKey(audienceAttributes.platform())))
        .filter(b -> b.covers(id, audienceAttributes))
        .filter(b -> b.task.validity().acceptedAt().isBefore(than.task.expiresAt()))
        .findFirst();
  }

  /// Returns whether a registration is among those a broadcast is for. Called under the lock.
  boolean covers(TaskId task, RegistrationId id) {
    Broadcast broadcast = all.get(task);
    return broadcast != null
        && registrations
            .find(id)
            .filter(found -> broadcast.covers(id, found.audienceAttributes()))
            .isPresent();
  }

  private Delivery untaken(
      Broadcast broadcast, DeliveryId id, AudienceAttributes audienceAttributes) {
    Task task = broadcast.task;
    Instant since = task.validity().acceptedAt();
    Optional<Broadcast> newer = newer(broadcast, id.registration(), audienceAttributes);
    DeliveryState state =
        newer
            .map(Broadcast::task)
            .<DeliveryState>map(
                by ->
                    new Overridden(
                        by.validity().acceptedAt(), by.id(), Overridden.Outcome.PREVENTED))
            .orElseGet(() -> broadcast.closeReason.untaken(since, task.expiresAt()));
    return Delivery.create(
        id, task.app(), audienceAttributes.platform(), 0, task.expiresAt(), state);
  }

  /// Notes that one of its deliveries is being recalled. Called under the lock.
  void asked(TaskId task, Instant now) {
    all.computeIfPresent(task, (_, b) -> b.waitingUntil(now.plus(Recall.WINDOW)));
  }

  @Override
  public List<DeliveryStore.Change> superseded(
      RegistrationId registration, AudienceAttributes audienceAttributes, Instant now) {
    synchronized (deliveries) {
      return all.values().stream()
          .filter(b -> b.task.app().equals(audienceAttributes.app()))
          .filter(b -> b.closeReason == CloseReason.NO && !b.isOver(now))
          .filter(b -> isGiven(new DeliveryId(b.task.id(), registration)))
          .flatMap(
              b ->
                  newer(b, registration, audienceAttributes).stream()
                      .map(
                          by ->
                              new DeliveryStore.Change(
                                  new DeliveryId(b.task.id(), registration),
                                  new Superseded(now, by.task.id()))))
          .toList();
    }
  }

  private boolean isGiven(DeliveryId id) {
    return deliveries.find(id).filter(it -> it.state() instanceof Sending).isPresent();
  }

  @Override
  public List<MailboxEntry> waiting(
      RegistrationId registration,
      AudienceAttributes audienceAttributes,
      TaskId after,
      Instant now,
      int limit) {
    synchronized (deliveries) {
      if (registrations.find(registration).isEmpty()) {
        return List.of();
      }
      return all.tailMap(after, false).values().stream()
          .filter(b -> b.task.app().equals(audienceAttributes.app()))
          .filter(b -> b.closeReason == CloseReason.NO && !b.isOver(now))
          .filter(b -> b.covers(registration, audienceAttributes))
          .filter(b -> newer(b, registration, audienceAttributes).isEmpty())
          .map(b -> mailboxEntry(b, new DeliveryId(b.task.id(), registration), audienceAttributes))
          .filter(mailboxEntry -> mailboxEntry.delivery().inMailbox())
          .limit(limit)
          .toList();
    }
  }

  private MailboxEntry mailboxEntry(
      Broadcast broadcast, DeliveryId id, AudienceAttributes audienceAttributes) {
    Delivery delivery =
        deliveries.taken(id).orElseGet(() -> untaken(broadcast, id, audienceAttributes));
    return new MailboxEntry(delivery, broadcast.task, broadcast.task.content());
  }

  @Override
  public List<DeliveryId> recalling(
      RegistrationId registration, AppId app, TaskId after, int limit) {
    synchronized (deliveries) {
      return all.tailMap(after, false).keySet().stream()
          .map(task -> new DeliveryId(task, registration))
          .filter(this::isRecalling)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public List<DeliveryId> onDevice(
      RegistrationId registration, AppId app, TaskId after, int limit) {
    synchronized (deliveries) {
      return all.tailMap(after, false).keySet().stream()
          .map(task -> new DeliveryId(task, registration))
          .filter(
              id ->
                  deliveries
                      .taken(id)
                      .map(Delivery::state)
                      .filter(
                          state -> state.isOnDevice() || state.status() == DeliveryStatus.PENDING)
                      .isPresent())
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Map<RegistrationId, DeliveryStatus> statuses(
      TaskId task, Collection<RegistrationId> among) {
    synchronized (deliveries) {
      return among.stream()
          .flatMap(id -> deliveries.taken(new DeliveryId(task, id)).stream())
          .collect(Collectors.toMap(d -> d.id().registration(), d -> d.state().status()));
    }
  }

  @Override
  public BroadcastCounts counts(TaskId task) {
    synchronized (deliveries) {
      List<DeliveryState> states =
          deliveries.ofTask(task, "", Integer.MAX_VALUE).stream().map(Delivery::state).toList();
      long prevented =
          states.stream()
              .filter(
                  state -> state instanceof Recalled(var _, var outcome) && outcome == PREVENTED)
              .count();
      long replaced =
          states.stream()
              .filter(
                  state ->
                      state instanceof Overridden(var _, var _, var outcome) && outcome == REPLACED)
              .count();
      return new BroadcastCounts(deliveries.counts(task), (int) prevented, (int) replaced);
    }
  }

  private boolean isRecalling(DeliveryId id) {
    return deliveries
        .taken(id)
        .filter(d -> d.state().status() == DeliveryStatus.RECALLING)
        .isPresent();
  }

  @Override
  public TransitionCounts recall(TaskId task, Instant now) {
    synchronized (deliveries) {
      Broadcast b = all.get(task);
      if (b != null && !b.recalled) {
        all.put(task, b.asked());
        pacedRuns.end(task);
        asked(task, now);
        return toAll(task, new RecallRequested(now), _ -> true);
      }
      return TransitionCounts.NONE;
    }
  }

  @Override
  public TransitionCounts stop(TaskId task, Instant now) {
    synchronized (deliveries) {
      Broadcast b = all.get(task);
      if (b != null && b.closeReason == CloseReason.NO) {
        all.put(task, b.stopped());
        pacedRuns.end(task);
        return toAll(task, new StopRequested(now), _ -> true);
      }
      return TransitionCounts.NONE;
    }
  }

  @Override
  public List<TaskId> due(Instant now, int limit) {
    synchronized (deliveries) {
      return all.values().stream()
          .filter(broadcast -> broadcast.due().filter(due -> !due.isAfter(now)).isPresent())
          .sorted(Comparator.comparing(broadcast -> broadcast.due().orElseThrow()))
          .map(broadcast -> broadcast.task.id())
          .limit(limit)
          .toList();
    }
  }

  @Override
  public TransitionCounts expire(TaskId task, Instant now) {
    synchronized (deliveries) {
      Broadcast b = all.get(task);
      if (b == null) {
        return TransitionCounts.NONE;
      }
      TransitionCounts moved =
          toAll(
              task,
              new DeadlinePassed(now),
              d ->
                  d.state().status() == DeliveryStatus.RECALLING
                      ? b.isGivenUp(now)
                      : b.isOver(now));
      all.put(task, b.passed(now));
      if (b.isOver(now)) {
        pacedRuns.end(task);
      }
      return moved;
    }
  }

  private TransitionCounts toAll(TaskId task, DeliveryEvent event, Predicate<Delivery> meant) {
    return TransitionCounts.of(
        deliveries.of(task).filter(meant).toList().stream()
            .map(delivery -> deliveries.move(delivery, event))
            .toList());
  }
}
