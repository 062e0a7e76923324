// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.memory;

import static dev.boomerang.lifecycle.DeliveryState.Overridden.How.REPLACED;
import static dev.boomerang.lifecycle.DeliveryState.Recalled.How.PREVENTED;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.RecallAsked;
import dev.boomerang.lifecycle.DeliveryEvent.StopAsked;
import dev.boomerang.lifecycle.DeliveryEvent.TimeUp;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.AppId;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Member;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Recall;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore.Parcel;
import dev.boomerang.port.SegmentStore.Crowd;
import dev.boomerang.port.TaskStore.Cover;
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

  /// `recalled`: as a whole. `lapsed`: the end of its lifetime is noted. `waitUntil`: for devices
  /// to answer a recall.
  private record Broadcast(
      Task task,
      Cover cover,
      Closed closed,
      boolean recalled,
      boolean lapsed,
      Optional<Instant> waitUntil) {

    static Broadcast begin(Task task, Cover cover) {
      return new Broadcast(task, cover, Closed.NO, false, false, Optional.empty());
    }

    Broadcast stopped() {
      return new Broadcast(task, cover, closed.then(Closed.STOPPED), recalled, lapsed, waitUntil);
    }

    Broadcast asked() {
      return new Broadcast(task, cover, closed.then(Closed.RECALLED), true, lapsed, waitUntil);
    }

    Broadcast waitingUntil(Instant end) {
      return new Broadcast(task, cover, closed, recalled, lapsed, Optional.of(end));
    }

    /// After the clock has acted on it.
    Broadcast passed(Instant now) {
      boolean over = lapsed || isOver(now);
      return new Broadcast(
          task,
          cover,
          over ? closed.then(Closed.LAPSED) : closed,
          recalled,
          over,
          waitUntil.filter(end -> end.isAfter(now)));
    }

    boolean covers(RegistrationId id, Member member) {
      return switch (cover) {
        case Cover.ByRule(var rule) -> rule.covers(member);
        case Cover.Fixed(var crowd) -> MemorySegments.has(crowd, id);
        case Cover.Paced(var crowd, var _) -> MemorySegments.has(crowd, id);
      };
    }

    boolean isOver(Instant now) {
      return !task.expiresAt().isAfter(now);
    }

    boolean isGivenUp(Instant now) {
      return waitUntil.filter(end -> !end.isAfter(now)).isPresent();
    }

    /// When the clock acts on it next.
    Optional<Instant> due() {
      Optional<Instant> end = lapsed ? Optional.empty() : Optional.of(task.expiresAt());
      return Stream.concat(end.stream(), waitUntil.stream()).min(Comparator.naturalOrder());
    }
  }

  private final TreeMap<TaskId, Broadcast> all = new TreeMap<>();
  private final MemoryRegistrations registrations;
  private final MemoryDeliveries deliveries;
  private final MemoryPaces paces;

  MemoryBroadcasts(
      MemoryRegistrations registrations, MemoryDeliveries deliveries, MemoryPaces paces) {
    this.registrations = registrations;
    this.deliveries = deliveries;
    this.paces = paces;
  }

  void add(Task task, Cover cover) {
    synchronized (deliveries) {
      all.put(task.id(), Broadcast.begin(task, cover));
      Instant now = task.lifespan().acceptedAt();
      switch (cover) {
        case Cover.ByRule _ -> {}
        case Cover.Fixed(var crowd) -> begin(task, crowd, new Queued(now, ChannelId.SELF, 0));
        case Cover.Paced(var crowd, var pace) -> {
          begin(task, crowd, new Pending(now));
          paces.add(task, pace, crowd.size());
        }
      }
    }
  }

  private void begin(Task task, Crowd crowd, DeliveryState state) {
    deliveries.add(
        registrations.all().stream()
            .filter(each -> MemorySegments.has(crowd, each.id()))
            .map(
                each ->
                    Delivery.begin(
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
      paces.remove(task);
    }
  }

  boolean has(TaskId task) {
    return all.containsKey(task);
  }

  /// The platform a broadcast's rule asks for.
  Optional<Platform> platform(TaskId task) {
    return Optional.ofNullable(all.get(task))
        .flatMap(
            broadcast ->
                switch (broadcast.cover) {
                  case Cover.ByRule(var rule) -> rule.platform();
                  case Cover.Fixed _, Cover.Paced _ -> Optional.empty();
                });
  }

  /// Whether it is a broadcast's, to a registration that is not there any more.
  boolean isGone(DeliveryId id) {
    return has(id.task()) && registrations.find(id.registration()).isEmpty();
  }

  /// The delivery of a broadcast that its device has not taken yet. Under the lock.
  Optional<Delivery> untaken(DeliveryId id) {
    Broadcast broadcast = all.get(id.task());
    return broadcast == null
        ? Optional.empty()
        : registrations
            .find(id.registration())
            .filter(found -> found.app().equals(broadcast.task.app()))
            .filter(found -> broadcast.covers(found.id(), found.member()))
            .map(found -> untaken(broadcast, id, found.member()));
  }

  /// The broadcast that took a broadcast's place for this registration, if one did.
  private Optional<Broadcast> newer(Broadcast than, RegistrationId id, Member member) {
    return all.tailMap(than.task.id(), false).values().stream()
        .filter(b -> b.task.app().equals(member.app()))
        .filter(b -> b.task.slots().containsKey(member.platform()))
        .filter(b -> b.task.slot(member.platform()).equals(than.task.slot(member.platform())))
        .filter(b -> b.covers(id, member))
        .filter(b -> b.task.lifespan().acceptedAt().isBefore(than.task.expiresAt()))
        .findFirst();
  }

  /// Whether a registration is among those a broadcast is for. Under the lock.
  boolean covers(TaskId task, RegistrationId id) {
    Broadcast broadcast = all.get(task);
    return broadcast != null
        && registrations.find(id).filter(found -> broadcast.covers(id, found.member())).isPresent();
  }

  private Delivery untaken(Broadcast broadcast, DeliveryId id, Member member) {
    Task task = broadcast.task;
    Instant since = task.lifespan().acceptedAt();
    Optional<Broadcast> newer = newer(broadcast, id.registration(), member);
    DeliveryState state =
        newer
            .map(Broadcast::task)
            .<DeliveryState>map(
                by -> new Overridden(by.lifespan().acceptedAt(), by.id(), Overridden.How.PREVENTED))
            .orElseGet(() -> broadcast.closed.untaken(since, task.expiresAt()));
    return Delivery.begin(id, task.app(), member.platform(), 0, task.expiresAt(), state);
  }

  /// One of its deliveries was asked back. Under the lock.
  void asked(TaskId task, Instant now) {
    all.computeIfPresent(task, (_, b) -> b.waitingUntil(now.plus(Recall.WINDOW)));
  }

  @Override
  public List<Parcel> waiting(
      RegistrationId registration, Member member, TaskId after, Instant now, int limit) {
    synchronized (deliveries) {
      if (registrations.find(registration).isEmpty()) {
        return List.of();
      }
      return all.tailMap(after, false).values().stream()
          .filter(b -> b.task.app().equals(member.app()))
          .filter(b -> b.closed == Closed.NO && !b.isOver(now))
          .filter(b -> b.covers(registration, member))
          .filter(b -> newer(b, registration, member).isEmpty())
          .map(b -> parcel(b, new DeliveryId(b.task.id(), registration), member))
          .filter(parcel -> parcel.delivery().inMailbox())
          .limit(limit)
          .toList();
    }
  }

  private Parcel parcel(Broadcast broadcast, DeliveryId id, Member member) {
    Delivery delivery = deliveries.taken(id).orElseGet(() -> untaken(broadcast, id, member));
    return new Parcel(delivery, broadcast.task, broadcast.task.content());
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
  public List<DeliveryId> held(RegistrationId registration, AppId app, TaskId after, int limit) {
    synchronized (deliveries) {
      return all.tailMap(after, false).keySet().stream()
          .map(task -> new DeliveryId(task, registration))
          .filter(
              id ->
                  deliveries
                      .taken(id)
                      .map(Delivery::state)
                      .filter(state -> state.isHeld() || state.phase() == Phase.PENDING)
                      .isPresent())
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Map<RegistrationId, Phase> phases(TaskId task, Collection<RegistrationId> among) {
    synchronized (deliveries) {
      return among.stream()
          .flatMap(id -> deliveries.taken(new DeliveryId(task, id)).stream())
          .collect(Collectors.toMap(d -> d.id().registration(), d -> d.state().phase()));
    }
  }

  @Override
  public Census census(TaskId task) {
    synchronized (deliveries) {
      List<DeliveryState> states =
          deliveries.ofTask(task, "", Integer.MAX_VALUE).stream().map(Delivery::state).toList();
      long prevented =
          states.stream()
              .filter(state -> state instanceof Recalled(var _, var how) && how == PREVENTED)
              .count();
      long replaced =
          states.stream()
              .filter(
                  state -> state instanceof Overridden(var _, var _, var how) && how == REPLACED)
              .count();
      return new Census(deliveries.counts(task), (int) prevented, (int) replaced);
    }
  }

  private boolean isRecalling(DeliveryId id) {
    return deliveries.taken(id).filter(d -> d.state().phase() == Phase.RECALLING).isPresent();
  }

  @Override
  public TransitionCounts recall(TaskId task, Instant now) {
    synchronized (deliveries) {
      Broadcast b = all.get(task);
      if (b != null && !b.recalled) {
        all.put(task, b.asked());
        paces.end(task);
        asked(task, now);
        return toAll(task, new RecallAsked(now), _ -> true);
      }
      return TransitionCounts.NONE;
    }
  }

  @Override
  public TransitionCounts stop(TaskId task, Instant now) {
    synchronized (deliveries) {
      Broadcast b = all.get(task);
      if (b != null && b.closed == Closed.NO) {
        all.put(task, b.stopped());
        paces.end(task);
        return toAll(task, new StopAsked(now), _ -> true);
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
  public TransitionCounts timeUp(TaskId task, Instant now) {
    synchronized (deliveries) {
      Broadcast b = all.get(task);
      if (b == null) {
        return TransitionCounts.NONE;
      }
      TransitionCounts moved =
          toAll(
              task,
              new TimeUp(now),
              d -> d.state().phase() == Phase.RECALLING ? b.isGivenUp(now) : b.isOver(now));
      all.put(task, b.passed(now));
      if (b.isOver(now)) {
        paces.end(task);
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
