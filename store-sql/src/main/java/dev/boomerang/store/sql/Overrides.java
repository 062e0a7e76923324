// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.NewerCame;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.BroadcastRows.Numbered;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts a task in the place of earlier ones of its slots, in the transaction that stores it. What a
/// broadcast takes over for those who are away is seen to when they come ([Newer]).
final class Overrides {
  private static final String JOIN =
      "INSERT INTO slots (app, slot, task_id) VALUES (?, ?, ?)"
          + " ON CONFLICT (app, slot, task_id) DO NOTHING";

  private static final String CHAIN =
      "SELECT "
          + Tables.qualified(Tables.TASKS)
          + " FROM slots JOIN tasks ON tasks.id = slots.task_id"
          + " WHERE slots.app = ? AND slots.slot = ? AND slots.task_id < ?"
          + " AND tasks.expires_at > ? ORDER BY slots.task_id";

  /// Of an earlier task, what a newer one could still keep from being delivered.
  private static final String OPEN =
      Tables.selectFrom(Tables.DELIVERIES)
          + " WHERE task_id = ? AND phase IN ('scheduled', 'pending', 'queued', 'sending')";

  private final Bulk bulk;
  private final Known known;
  private final Turns turns;
  private final Records records;

  Overrides(Bulk bulk, Known known) {
    this.bulk = bulk;
    this.known = known;
    this.turns = new Turns(bulk);
    this.records = new Records(bulk, known);
  }

  /// The task is stored already. Returns what it put an end to.
  List<DeliveryId> carryOut(Session session, Acceptance acceptance) throws SQLException {
    Task task = acceptance.task();
    // Two that take the same place at once must see each other.
    turns.take(session, task.app());
    var ids = new LinkedHashSet<DeliveryId>();
    for (Slot slot : new HashSet<>(task.slots().values())) {
      session.update(JOIN, task.app().value(), slot.value(), task.id().value());
      Optional<TaskId> first = TaskId.parse(slot.value());
      if (first.isPresent()) {
        session.update(JOIN, task.app().value(), slot.value(), first.get().value());
      }
      for (Task older : chain(session, task, slot)) {
        ids.addAll(of(session, older, acceptance, slot));
      }
    }
    return record(session, task, List.copyOf(ids));
  }

  private static List<Task> chain(Session session, Task task, Slot slot) throws SQLException {
    return session.query(
        CHAIN,
        TaskRows::task,
        task.app().value(),
        slot.value(),
        task.id().value(),
        task.lifespan().acceptedAt().toEpochMilli());
  }

  private List<DeliveryId> record(Session session, Task task, List<DeliveryId> ids)
      throws SQLException {
    if (ids.isEmpty()) {
      return List.of();
    }
    var event = new NewerCame(task.lifespan().acceptedAt(), task.id());
    List<Transition> transitions =
        records
            .run(session, List.of(ids.stream().map(id -> new Change(id, event)).toList()))
            .getFirst();
    var moved = new ArrayList<DeliveryId>();
    for (int i = 0; i < ids.size(); i++) {
      if (transitions.get(i) instanceof Moved) {
        moved.add(ids.get(i));
      }
    }
    return moved;
  }

  /// An earlier task's deliveries to those who get the newer one in its place.
  private List<DeliveryId> of(Session session, Task older, Acceptance newer, Slot slot)
      throws SQLException {
    var found = new ArrayList<DeliveryId>();
    Set<RegistrationId> here = new HashSet<>();
    for (Delivery delivery : newer.deliveries()) {
      if (isPlace(delivery.platform(), older, newer.task(), slot)) {
        here.add(delivery.id().registration());
        found.add(new DeliveryId(older.id(), delivery.id().registration()));
      }
    }
    if (newer.cover().isPresent() && !older.isBroadcast()) {
      List<Delivery> open =
          session.query(OPEN, DeliveryRows::delivery, older.id().value()).stream()
              .filter(each -> isPlace(each.platform(), older, newer.task(), slot))
              .filter(each -> !here.contains(each.id().registration()))
              .toList();
      covered(session, newer, open).forEach(found::add);
    }
    return found;
  }

  private static boolean isPlace(Platform platform, Task older, Task newer, Slot slot) {
    return slot.equals(newer.slots().get(platform)) && slot.equals(older.slot(platform));
  }

  /// Those of `open` whose registrations the broadcast covers.
  private List<DeliveryId> covered(Session session, Acceptance broadcast, List<Delivery> open)
      throws SQLException {
    if (open.isEmpty()) {
      return List.of();
    }
    Map<RegistrationId, Numbered> numbered =
        known.numbered(session, open.stream().map(each -> each.id().registration()).toList());
    var rule = BroadcastRows.rule(broadcast.cover().orElseThrow());
    Broadcast its = BroadcastRows.of(broadcast.task(), rule);
    Pages pages =
        Pages.of(
            session,
            bulk,
            numbered.values().stream().map(each -> Pages.Key.of(its.task(), each)).toList());
    return open.stream()
        .map(Delivery::id)
        .filter(
            id ->
                Optional.ofNullable(numbered.get(id.registration()))
                    .filter(
                        each ->
                            rule.covers(each.member())
                                || pages
                                    .page(Pages.Key.of(its.task(), each))
                                    .state(each.place(), its.acceptedAt())
                                    .isPresent())
                    .isPresent())
        .toList();
  }
}
