// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Cover;
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
    Cover cover = acceptance.cover().orElseThrow();
    var rule = BroadcastRows.rule(cover);
    bulk.insert(session, Tables.BROADCASTS, List.<Object[]>of(BroadcastRows.row(task, rule)));
    Map<RegistrationId, Numbered> numbered =
        numbered(
            session,
            acceptance.deliveries().stream()
                .map(delivery -> delivery.id().registration())
                .toList());
    Map<Integer, RoaringBitmap> picked =
        switch (cover) {
          case Cover.ByRule _ -> Map.of();
          case Cover.Fixed(var crowd) -> SqlSegments.chunks(crowd);
          case Cover.Paced(var crowd, var _) -> SqlSegments.chunks(crowd);
        };
    var keys = new ArrayList<Pages.Key>();
    numbered.values().forEach(each -> keys.add(Pages.Key.of(task.id(), each)));
    picked.keySet().forEach(chunk -> keys.add(new Pages.Key(task.id(), chunk)));
    Pages pages = Pages.lock(session, bulk, keys);
    long waiting = 0;
    for (Map.Entry<Integer, RoaringBitmap> chunk : picked.entrySet()) {
      Marks page = pages.page(new Pages.Key(task.id(), chunk.getKey()));
      if (cover instanceof Cover.Paced) {
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
        tallying.add(cell, task.id(), Milestones.of(delivery.state()));
      }
    }
    pages.allChanged();
    pages.write(session);
    if (cover instanceof Cover.Paced(var _, var pace)) {
      SqlPaces.begin(session, task, pace, waiting);
    }
    tallying.add(cell, task.id(), new Tally(waiting, 0, 0, 0, 0));
    add(task.id());
  }
}
