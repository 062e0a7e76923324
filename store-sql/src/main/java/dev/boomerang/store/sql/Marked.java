// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.BroadcastRows.Numbered;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Deliveries of broadcasts that one transaction changes.
final class Marked {
  private final Map<TaskId, Broadcast> broadcasts;
  private final Map<RegistrationId, Numbered> registrations;
  private final Map<TaskId, Tallying.Cell> cells = new HashMap<>();
  private final Map<TaskId, Instant> asked = new HashMap<>();
  private final Optional<Pages> pages;
  private final Optional<Newer> newer;
  private final Tallying tallying;
  private final Telling telling;

  private Marked(
      Map<TaskId, Broadcast> broadcasts,
      Map<RegistrationId, Numbered> registrations,
      Optional<Pages> pages,
      Optional<Newer> newer,
      Tallying tallying,
      Telling telling) {
    this.broadcasts = broadcasts;
    this.registrations = registrations;
    this.pages = pages;
    this.newer = newer;
    this.tallying = tallying;
    this.telling = telling;
  }

  static Marked none() {
    return new Marked(
        Map.of(), Map.of(), Optional.empty(), Optional.empty(), new Tallying(), new Telling());
  }

  /// `broadcasts` are locked already.
  static Marked lock(
      Session session,
      Bulk bulk,
      Known known,
      Map<TaskId, Broadcast> broadcasts,
      Collection<DeliveryId> ids,
      Tallying tallying,
      Telling telling)
      throws SQLException {
    if (broadcasts.isEmpty()) {
      return none();
    }
    List<DeliveryId> own = ids.stream().filter(id -> broadcasts.containsKey(id.task())).toList();
    Map<RegistrationId, Numbered> registrations =
        known.numbered(session, own.stream().map(DeliveryId::registration).toList());
    var keys = new ArrayList<Pages.Key>();
    for (DeliveryId id : own) {
      Numbered registration = registrations.get(id.registration());
      if (registration != null) {
        keys.add(Pages.Key.of(id.task(), registration));
      }
    }
    return new Marked(
        broadcasts,
        registrations,
        Optional.of(Pages.lock(session, bulk, keys)),
        Optional.of(Newer.of(session, bulk, broadcasts.values(), registrations.values())),
        tallying,
        telling);
  }

  Transition apply(Change change) {
    DeliveryId id = change.id();
    Broadcast broadcast = broadcasts.get(id.task());
    Numbered registration = registrations.get(id.registration());
    if (broadcast == null || registration == null || pages.isEmpty()) {
      return new Transition.Unknown();
    }
    var key = Pages.Key.of(id.task(), registration);
    Marks marks = pages.get().page(key);
    Optional<DeliveryState> mark = marks.state(registration.place(), broadcast.acceptedAt());
    Optional<Delivery> delivery =
        delivery(
            broadcast,
            id,
            registration,
            mark,
            newer.flatMap(each -> each.than(broadcast, registration)));
    if (delivery.isEmpty()) {
      return new Transition.Unknown();
    }
    Transition transition = Lifecycle.apply(delivery.get().state(), change.event());
    if (transition instanceof Moved(var from, var to)) {
      marks.set(registration.place(), to);
      pages.get().changed(key);
      count(broadcast, mark.isPresent(), from, to);
      telling.moved(id, broadcast.told(), from, to, change.event().at());
      if (to.status() == DeliveryStatus.RECALLING && from.status() != DeliveryStatus.RECALLING) {
        asked.merge(id.task(), change.event().at(), (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return transition;
  }

  /// What stands of a broadcast for a registration; empty if it has no part in it. `newer` is the
  /// one that took its place for this registration.
  static Optional<Delivery> delivery(
      Broadcast broadcast,
      DeliveryId id,
      Numbered registration,
      Optional<DeliveryState> mark,
      Optional<Broadcast> newer) {
    var platform = registration.audienceAttributes().platform();
    boolean covered =
        registration.audienceAttributes().app().equals(broadcast.app())
            && broadcast.rule().covers(registration.audienceAttributes());
    Optional<Delivery> delivery =
        mark.map(state -> broadcast.delivery(id, platform, state))
            .or(() -> covered ? Optional.of(broadcast.untaken(id, platform)) : Optional.empty());
    return delivery.map(
        found ->
            newer.isPresent() && isWaiting(found.state())
                ? broadcast.delivery(id, platform, overridden(newer.get()))
                : found);
  }

  private static boolean isWaiting(DeliveryState state) {
    return state instanceof DeliveryState.Queued || state instanceof DeliveryState.Pending;
  }

  private static DeliveryState overridden(Broadcast newer) {
    return new DeliveryState.Overridden(
        newer.acceptedAt(), newer.task(), DeliveryState.Overridden.Outcome.PREVENTED);
  }

  private void count(Broadcast broadcast, boolean wasMarked, DeliveryState from, DeliveryState to) {
    var cell = cells.computeIfAbsent(broadcast.task(), _ -> broadcast.cell());
    if (wasMarked) {
      tallying.moved(cell, broadcast.task(), from, to);
    } else {
      tallying.add(cell, broadcast.task(), DeliveryFunnel.of(to));
    }
  }

  void write(Session session) throws SQLException {
    if (pages.isPresent()) {
      pages.get().write(session);
    }
    for (Map.Entry<TaskId, Instant> entry : asked.entrySet()) {
      Broadcast broadcast = broadcasts.get(entry.getKey());
      if (broadcast != null) {
        broadcast.waitingUntil(entry.getValue().plus(Recall.WINDOW)).write(session);
      }
    }
  }
}
