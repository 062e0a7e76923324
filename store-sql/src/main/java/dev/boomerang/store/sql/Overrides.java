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
import java.util.TreeMap;

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
          + " WHERE slots.app = ? AND slots.slot = ? AND slots.task_id <> ?"
          + " AND tasks.expires_at > ? ORDER BY slots.task_id";

  private static final String BROADCAST =
      Tables.selectFrom(Tables.BROADCASTS) + " WHERE task_id = ?";

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

  /// The task is stored already. Returns what it put an end to; that may be deliveries of its own,
  /// if a racer with a higher id was stored before it.
  List<DeliveryId> carryOut(Session session, Acceptance acceptance) throws SQLException {
    Task task = acceptance.task();
    // Two that take the same place at once must see each other.
    turns.take(session, task.app());
    var changes = new LinkedHashSet<Change>();
    for (Slot slot : new TreeMap<>(task.slots()).values().stream().distinct().toList()) {
      session.update(JOIN, task.app().value(), slot.value(), task.id().value());
      Optional<TaskId> first = TaskId.parse(slot.value());
      if (first.isPresent()) {
        session.update(JOIN, task.app().value(), slot.value(), first.get().value());
      }
      for (Task other : chain(session, task, slot)) {
        boolean older = other.id().compareTo(task.id()) < 0;
        var event =
            older
                ? new NewerCame(task.lifespan().acceptedAt(), task.id())
                : new NewerCame(other.lifespan().acceptedAt(), other.id());
        List<DeliveryId> ids =
            older
                ? ofOlder(session, other, acceptance, slot)
                : own(session, other, acceptance, slot);
        ids.forEach(id -> changes.add(new Change(id, event)));
      }
    }
    return record(session, List.copyOf(changes));
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

  private List<DeliveryId> record(Session session, List<Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return List.of();
    }
    List<Transition> transitions = records.run(session, List.of(changes)).getFirst();
    var moved = new ArrayList<DeliveryId>();
    for (int i = 0; i < changes.size(); i++) {
      if (transitions.get(i) instanceof Moved) {
        moved.add(changes.get(i).id());
      }
    }
    return moved;
  }

  /// An earlier task's deliveries to those who get the newer one in its place.
  private List<DeliveryId> ofOlder(Session session, Task older, Acceptance newer, Slot slot)
      throws SQLException {
    var found = new LinkedHashSet<DeliveryId>();
    for (Delivery delivery : newer.deliveries()) {
      if (isPlace(delivery.platform(), older, newer.task(), slot)) {
        found.add(new DeliveryId(older.id(), delivery.id().registration()));
      }
    }
    if (newer.cover().isPresent() && !older.isBroadcast()) {
      List<DeliveryId> open =
          session.query(OPEN, DeliveryRows::delivery, older.id().value()).stream()
              .filter(each -> isPlace(each.platform(), older, newer.task(), slot))
              .map(Delivery::id)
              .toList();
      found.addAll(covered(session, newer.task(), open));
    }
    return List.copyOf(found);
  }

  /// The task's own deliveries to those who have a newer one in its place already.
  private List<DeliveryId> own(Session session, Task newer, Acceptance acceptance, Slot slot)
      throws SQLException {
    List<DeliveryId> own =
        acceptance.deliveries().stream()
            .filter(each -> isPlace(each.platform(), acceptance.task(), newer, slot))
            .map(Delivery::id)
            .toList();
    if (newer.isBroadcast()) {
      return covered(session, newer, own);
    }
    List<Object[]> keys =
        own.stream()
            .map(id -> DeliveryRows.key(new DeliveryId(newer.id(), id.registration())))
            .toList();
    Set<RegistrationId> have =
        new HashSet<>(
            bulk.select(
                session,
                Tables.DELIVERIES,
                DeliveryRows.KEY,
                keys,
                row -> DeliveryRows.id(row).registration()));
    return own.stream().filter(id -> have.contains(id.registration())).toList();
  }

  private static boolean isPlace(Platform platform, Task older, Task newer, Slot slot) {
    return slot.equals(newer.slots().get(platform)) && slot.equals(older.slot(platform));
  }

  /// Those of `ids` whose registrations a broadcast covers.
  private List<DeliveryId> covered(Session session, Task broadcast, List<DeliveryId> ids)
      throws SQLException {
    Optional<Broadcast> found =
        ids.isEmpty()
            ? Optional.empty()
            : session.first(BROADCAST, BroadcastRows::broadcast, broadcast.id().value());
    if (found.isEmpty()) {
      return List.of();
    }
    Map<RegistrationId, Numbered> numbered =
        known.numbered(session, ids.stream().map(DeliveryId::registration).toList());
    Pages pages =
        Pages.of(
            session,
            bulk,
            numbered.values().stream().map(each -> Pages.Key.of(broadcast.id(), each)).toList());
    return ids.stream()
        .filter(
            id ->
                Optional.ofNullable(numbered.get(id.registration()))
                    .filter(each -> Newer.covers(found.get(), each, pages))
                    .isPresent())
        .toList();
  }
}
