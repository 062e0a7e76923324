// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.BroadcastAudience;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.BroadcastRows.Numbered;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.roaringbitmap.RoaringBitmap;

/// Which tasks are known to be broadcasts, so that their deliveries need not be looked for among
/// rows; and what all work on them asks first.
final class Known {
  private static final int MOST = 10_000;

  private final Bulk bulk;
  private final Set<TaskId> tasks = ConcurrentHashMap.newKeySet();

  Known(Bulk bulk) {
    this.bulk = bulk;
  }

  boolean has(TaskId task) {
    return tasks.contains(task);
  }

  private void add(TaskId task) {
    if (tasks.size() >= MOST) {
      tasks.clear();
    }
    tasks.add(task);
  }

  /// Those of the tasks that are broadcasts, locked until the transaction ends.
  Map<TaskId, Broadcast> lock(Session session, Collection<TaskId> candidates) throws SQLException {
    List<Object[]> keys =
        new TreeSet<>(candidates).stream().map(task -> new Object[] {task.value()}).toList();
    var found = new HashMap<TaskId, Broadcast>();
    bulk.lock(session, Tables.BROADCASTS, List.of("task_id"), keys, BroadcastRows::broadcast)
        .forEach(broadcast -> found.put(broadcast.task(), broadcast));
    found.keySet().forEach(this::add);
    return found;
  }

  /// Registrations with their numbers; those that are gone are absent.
  Map<RegistrationId, Numbered> numbered(Session session, Collection<RegistrationId> ids)
      throws SQLException {
    List<Object[]> keys = ids.stream().distinct().map(id -> new Object[] {id.value()}).toList();
    var found = new HashMap<RegistrationId, Numbered>();
    bulk.select(session, Tables.MEMBERS, List.of("id"), keys, BroadcastRows::numbered)
        .forEach(each -> found.put(each.id(), each));
    return found;
  }

  /// Stores a broadcast with the deliveries it begins with, and counts them.
  void begin(Session session, Acceptance acceptance, Tallying tallying) throws SQLException {
    Task task = acceptance.task();
    BroadcastAudience broadcastAudience = acceptance.broadcast().orElseThrow();
    var rule = BroadcastRows.rule(broadcastAudience);
    bulk.insert(session, Tables.BROADCASTS, List.<Object[]>of(BroadcastRows.row(task, rule)));
    Map<RegistrationId, Numbered> numbered =
        numbered(
            session,
            acceptance.deliveries().stream()
                .map(delivery -> delivery.id().registration())
                .toList());
    Map<Integer, RoaringBitmap> picked =
        switch (broadcastAudience) {
          case BroadcastAudience.ByRule _ -> Map.of();
          case BroadcastAudience.Fixed(var registrationSet) -> SqlSegments.chunks(registrationSet);
          case BroadcastAudience.Paced(var registrationSet, var _) ->
              SqlSegments.chunks(registrationSet);
        };
    var keys = new ArrayList<Pages.Key>();
    numbered.values().forEach(each -> keys.add(Pages.Key.of(task.id(), each)));
    picked.keySet().forEach(chunk -> keys.add(new Pages.Key(task.id(), chunk)));
    Pages pages = Pages.lock(session, bulk, keys);
    long waiting = 0;
    for (Map.Entry<Integer, RoaringBitmap> chunk : picked.entrySet()) {
      Marks page = pages.page(new Pages.Key(task.id(), chunk.getKey()));
      if (broadcastAudience instanceof BroadcastAudience.Paced) {
        page.holdAll(chunk.getValue());
      } else {
        page.queueAll(chunk.getValue());
      }
      waiting += chunk.getValue().getCardinality();
    }
    var cell = BroadcastRows.of(task, rule).cell();
    for (var delivery : acceptance.deliveries()) {
      DeliveryId id = delivery.id();
      Numbered registration = numbered.get(id.registration());
      if (registration != null) {
        Marks page = pages.page(Pages.Key.of(task.id(), registration));
        waiting -= page.state(registration.place(), Instant.EPOCH).isPresent() ? 1 : 0;
        page.set(registration.place(), delivery.state());
        tallying.add(cell, task.id(), DeliveryFunnel.of(delivery.state()));
      }
    }
    pages.allChanged();
    pages.write(session);
    if (broadcastAudience instanceof BroadcastAudience.Paced(var _, var sendRate)) {
      SqlPaces.begin(session, task, sendRate, waiting);
    }
    tallying.add(cell, task.id(), new DeliveryCounts(waiting, 0, 0, 0, 0));
    add(task.id());
  }
}
