// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.task;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Superseded;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.store.sql.broadcast.BitmapChunks;
import dev.boomerang.store.sql.broadcast.BroadcastIndex;
import dev.boomerang.store.sql.broadcast.BroadcastOverrides;
import dev.boomerang.store.sql.broadcast.BroadcastRows;
import dev.boomerang.store.sql.broadcast.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.registration.NumberedRegistration;
import dev.boomerang.store.sql.row.DeliveryRows;
import dev.boomerang.store.sql.row.TaskRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.AppLock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Lets a task replace earlier ones with the same collapse keys, in the transaction that stores it.
/// What a broadcast replaces for devices that are offline is decided when they fetch
/// ([BroadcastOverrides]).
final class CollapseKeyOverrides {
  private static final String JOIN =
      "INSERT INTO collapse_keys (app, collapse_key, task_id) VALUES (?, ?, ?)"
          + " ON CONFLICT (app, collapse_key, task_id) DO NOTHING";

  /// Finds tasks that were accepted later and are stored already. They were concurrent, so they are
  /// few.
  private static final String LATER =
      "SELECT "
          + Tables.qualified(Tables.TASKS)
          + " FROM collapse_keys JOIN tasks ON tasks.id = collapse_keys.task_id"
          + " WHERE collapse_keys.app = ? AND collapse_keys.collapse_key = ?"
          + " AND collapse_keys.task_id > ?"
          + " AND tasks.expires_at > ? ORDER BY collapse_keys.task_id";

  /// Finds broadcasts that may still be delivered, by the condition of their index.
  private static final String OPEN_BROADCASTS =
      "SELECT task_id FROM broadcasts"
          + " WHERE app = ? AND task_id < ? AND due_at IS NOT NULL AND expires_at > ?";

  private static final String BROADCAST =
      Tables.selectFrom(Tables.BROADCASTS) + " WHERE task_id = ?";

  /// Finds deliveries of earlier tasks with a collapse key that a newer task can still prevent.
  private static final String OPEN =
      "SELECT "
          + Tables.qualified(Tables.DELIVERIES)
          + " FROM collapse_keys JOIN deliveries ON deliveries.task_id = collapse_keys.task_id"
          + " WHERE collapse_keys.app = ? AND collapse_keys.collapse_key = ?"
          + " AND collapse_keys.task_id < ?"
          + " AND status IN ('scheduled', 'pending', 'queued', 'sending')";

  private final BatchSql batchSql;
  private final BroadcastIndex broadcastIndex;
  private final AppLock appLock;
  private final ApplyEvents applyEvents;

  CollapseKeyOverrides(BatchSql batchSql, BroadcastIndex broadcastIndex) {
    this.batchSql = batchSql;
    this.broadcastIndex = broadcastIndex;
    this.appLock = new AppLock(batchSql);
    this.applyEvents = new ApplyEvents(batchSql, broadcastIndex);
  }

  /// Holds what a task replaced, for [dev.boomerang.port.TaskStore.AcceptResult.Stored].
  record Overridden(List<DeliveryId> ids, TransitionCounts moved) {
    static final Overridden NONE = new Overridden(List.of(), TransitionCounts.NONE);
  }

  /// Applies the overrides of a stored task. What is replaced may be its own deliveries, if a
  /// concurrent task with a higher id was stored before it.
  Overridden apply(SqlSession session, Acceptance acceptance) throws SQLException {
    Task task = acceptance.task();
    // Two tasks with the same collapse key must see each other.
    appLock.acquire(session, task.app());
    var changes = new LinkedHashSet<Change>();
    for (CollapseKey collapseKey :
        new TreeMap<>(task.collapseKeys()).values().stream().distinct().toList()) {
      session.update(JOIN, task.app().value(), collapseKey.value(), task.id().value());
      Optional<TaskId> first = TaskId.parse(collapseKey.value());
      if (first.isPresent()) {
        session.update(JOIN, task.app().value(), collapseKey.value(), first.get().value());
      }
      var newest = new Superseded(task.validity().acceptedAt(), task.id());
      ofOlder(session, acceptance, collapseKey).forEach(id -> changes.add(new Change(id, newest)));
      for (Task later : later(session, task, collapseKey)) {
        var event = new Superseded(later.validity().acceptedAt(), later.id());
        own(session, later, acceptance, collapseKey)
            .forEach(id -> changes.add(new Change(id, event)));
      }
    }
    return applyEvents(session, List.copyOf(changes));
  }

  private static List<Task> later(SqlSession session, Task task, CollapseKey collapseKey)
      throws SQLException {
    return session.query(
        LATER,
        TaskRows::task,
        task.app().value(),
        collapseKey.value(),
        task.id().value(),
        task.validity().acceptedAt().toEpochMilli());
  }

  private Overridden applyEvents(SqlSession session, List<Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return Overridden.NONE;
    }
    List<Transition> transitions = applyEvents.handle(session, List.of(changes)).getFirst();
    var moved = new ArrayList<DeliveryId>();
    for (int i = 0; i < changes.size(); i++) {
      if (transitions.get(i) instanceof Moved) {
        moved.add(changes.get(i).id());
      }
    }
    return new Overridden(moved, TransitionCounts.of(transitions));
  }

  /// Returns earlier tasks' deliveries to the registrations that get the newer one. A collapse key
  /// may have had very many tasks, so this looks for undelivered rows instead of going through the
  /// tasks.
  private List<DeliveryId> ofOlder(SqlSession session, Acceptance newer, CollapseKey collapseKey)
      throws SQLException {
    Map<DeliveryId, Platform> rows = waiting(session, newer, collapseKey);
    Set<TaskId> candidates = new HashSet<>(openBroadcasts(session, newer.task()));
    rows.keySet().forEach(id -> candidates.add(id.task()));
    Map<TaskId, Task> older = withCollapseKey(session, newer.task(), collapseKey, candidates);
    var found = new LinkedHashSet<DeliveryId>();
    rows.forEach(
        (id, platform) ->
            Optional.ofNullable(older.get(id.task()))
                .filter(task -> isSameCollapseKey(platform, task, newer.task(), collapseKey))
                .ifPresent(_ -> found.add(id)));
    for (Task broadcast : older.values().stream().filter(Task::isBroadcast).toList()) {
      for (Delivery delivery : newer.deliveries()) {
        if (isSameCollapseKey(delivery.platform(), broadcast, newer.task(), collapseKey)) {
          found.add(new DeliveryId(broadcast.id(), delivery.id().registration()));
        }
      }
    }
    return List.copyOf(found);
  }

  private static List<TaskId> openBroadcasts(SqlSession session, Task before) throws SQLException {
    return session.query(
        OPEN_BROADCASTS,
        row -> new TaskId(row.getLong("task_id")),
        before.app().value(),
        before.id().value(),
        before.validity().acceptedAt().toEpochMilli());
  }

  /// Returns the undelivered rows of the newer task's registrations with their platforms; unless
  /// the task is a broadcast, of any collapse key.
  private Map<DeliveryId, Platform> waiting(
      SqlSession session, Acceptance newer, CollapseKey collapseKey) throws SQLException {
    Map<DeliveryId, Platform> waiting = new LinkedHashMap<>();
    if (newer.broadcast().isPresent()) {
      open(session, newer.task(), collapseKey)
          .forEach(each -> waiting.put(each.id(), each.platform()));
      waiting.keySet().retainAll(covered(session, newer.task(), List.copyOf(waiting.keySet())));
      return waiting;
    }
    Map<RegistrationId, Platform> platforms = new TreeMap<>();
    newer.deliveries().forEach(each -> platforms.put(each.id().registration(), each.platform()));
    for (DeliveryId id : DeliveryRows.undelivered(session, batchSql, platforms.keySet())) {
      if (id.task().compareTo(newer.task().id()) < 0) {
        waiting.put(id, platforms.get(id.registration()));
      }
    }
    return waiting;
  }

  private static List<Delivery> open(SqlSession session, Task broadcast, CollapseKey collapseKey)
      throws SQLException {
    return session.query(
        OPEN,
        DeliveryRows::delivery,
        broadcast.app().value(),
        collapseKey.value(),
        broadcast.id().value());
  }

  /// Returns the candidates that have the collapse key and have not expired.
  private Map<TaskId, Task> withCollapseKey(
      SqlSession session, Task newer, CollapseKey collapseKey, Collection<TaskId> candidates)
      throws SQLException {
    List<Object[]> names =
        candidates.stream()
            .map(id -> new Object[] {newer.app().value(), collapseKey.value(), id.value()})
            .toList();
    List<Object[]> ids =
        batchSql.select(
            session,
            Tables.COLLAPSE_KEYS,
            List.of("app", "collapse_key", "task_id"),
            names,
            row -> new Object[] {row.getLong("task_id")});
    return batchSql.select(session, Tables.TASKS, List.of("id"), ids, TaskRows::task).stream()
        .filter(task -> task.expiresAt().isAfter(newer.validity().acceptedAt()))
        .collect(Collectors.toMap(Task::id, task -> task));
  }

  /// Returns the task's own deliveries to registrations that have a newer one already.
  private List<DeliveryId> own(
      SqlSession session, Task newer, Acceptance acceptance, CollapseKey collapseKey)
      throws SQLException {
    List<DeliveryId> own =
        acceptance.deliveries().stream()
            .filter(
                each -> isSameCollapseKey(each.platform(), acceptance.task(), newer, collapseKey))
            .map(Delivery::id)
            .toList();
    if (newer.isBroadcast()) {
      return covered(session, newer, own);
    }
    Set<RegistrationId> have =
        DeliveryRows.registrationsOf(
            session, batchSql, newer.id(), own.stream().map(DeliveryId::registration).toList());
    return own.stream().filter(id -> have.contains(id.registration())).toList();
  }

  private static boolean isSameCollapseKey(
      Platform platform, Task older, Task newer, CollapseKey collapseKey) {
    return collapseKey.equals(newer.collapseKeys().get(platform))
        && collapseKey.equals(older.collapseKey(platform));
  }

  /// Returns the ids whose registrations a broadcast covers.
  private List<DeliveryId> covered(SqlSession session, Task broadcast, List<DeliveryId> ids)
      throws SQLException {
    Optional<Broadcast> found =
        ids.isEmpty()
            ? Optional.empty()
            : session.first(BROADCAST, BroadcastRows::broadcast, broadcast.id().value());
    if (found.isEmpty()) {
      return List.of();
    }
    Map<RegistrationId, NumberedRegistration> numberedRegistration =
        broadcastIndex.findNumbers(session, ids.stream().map(DeliveryId::registration).toList());
    BitmapChunks bitmapChunks =
        BitmapChunks.load(
            session,
            batchSql,
            numberedRegistration.values().stream()
                .map(each -> BitmapChunks.Key.of(broadcast.id(), each))
                .toList());
    return ids.stream()
        .filter(
            id ->
                Optional.ofNullable(numberedRegistration.get(id.registration()))
                    .filter(each -> BroadcastOverrides.includes(found.get(), each, bitmapChunks))
                    .isPresent())
        .toList();
  }
}
