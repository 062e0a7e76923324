// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.BroadcastAudience;
import dev.boomerang.store.sql.broadcast.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.effect.StatisticsDelta;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.registration.NumberedRegistration;
import dev.boomerang.store.sql.registration.RegistrationNumbers;
import dev.boomerang.store.sql.schema.Tables;
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

/// Remembers which tasks are broadcasts, so that their deliveries are not looked for among rows;
/// and reads what all work on broadcasts needs first.
public final class BroadcastIndex {
  private static final int MOST = 10_000;

  private final BatchSql batchSql;
  private final Set<TaskId> tasks = ConcurrentHashMap.newKeySet();

  public BroadcastIndex(BatchSql batchSql) {
    this.batchSql = batchSql;
  }

  public boolean isKnown(TaskId task) {
    return tasks.contains(task);
  }

  private void add(TaskId task) {
    if (tasks.size() >= MOST) {
      tasks.clear();
    }
    tasks.add(task);
  }

  /// Returns those of the tasks that are broadcasts, locked until the transaction ends.
  public Map<TaskId, Broadcast> lock(SqlSession session, Collection<TaskId> candidates)
      throws SQLException {
    List<Object[]> keys =
        new TreeSet<>(candidates).stream().map(task -> new Object[] {task.value()}).toList();
    var found = new HashMap<TaskId, Broadcast>();
    batchSql
        .lock(session, Tables.BROADCASTS, List.of("task_id"), keys, BroadcastRows::broadcast)
        .forEach(broadcast -> found.put(broadcast.task(), broadcast));
    found.keySet().forEach(this::add);
    return found;
  }

  /// Returns registrations with their numbers; removed ones are absent.
  public Map<RegistrationId, NumberedRegistration> findNumbers(
      SqlSession session, Collection<RegistrationId> ids) throws SQLException {
    List<Object[]> keys = ids.stream().distinct().map(id -> new Object[] {id.value()}).toList();
    var found = new HashMap<RegistrationId, NumberedRegistration>();
    batchSql
        .select(
            session, Tables.AUDIENCE_ATTRIBUTES, List.of("id"), keys, NumberedRegistration::read)
        .forEach(each -> found.put(each.id(), each));
    return found;
  }

  /// Stores a broadcast with the deliveries it begins with, and counts them.
  public void insert(SqlSession session, Acceptance acceptance, StatisticsDelta statisticsDelta)
      throws SQLException {
    Task task = acceptance.task();
    BroadcastAudience broadcastAudience = acceptance.broadcast().orElseThrow();
    var rule = BroadcastRows.rule(broadcastAudience);
    batchSql.insert(session, Tables.BROADCASTS, List.<Object[]>of(BroadcastRows.row(task, rule)));
    Map<RegistrationId, NumberedRegistration> numberedRegistration =
        findNumbers(
            session,
            acceptance.deliveries().stream()
                .map(delivery -> delivery.id().registration())
                .toList());
    Map<Integer, RoaringBitmap> picked =
        switch (broadcastAudience) {
          case BroadcastAudience.ByRule _ -> Map.of();
          case BroadcastAudience.Fixed(var registrationSet) ->
              RegistrationNumbers.of(registrationSet).chunks();
          case BroadcastAudience.Paced(var registrationSet, var _) ->
              RegistrationNumbers.of(registrationSet).chunks();
        };
    var keys = new ArrayList<BitmapChunks.Key>();
    numberedRegistration.values().forEach(each -> keys.add(BitmapChunks.Key.of(task.id(), each)));
    picked.keySet().forEach(chunk -> keys.add(new BitmapChunks.Key(task.id(), chunk)));
    BitmapChunks bitmapChunks = BitmapChunks.lock(session, batchSql, keys);
    long waiting = 0;
    for (Map.Entry<Integer, RoaringBitmap> chunk : picked.entrySet()) {
      StateBitmaps page = bitmapChunks.chunk(new BitmapChunks.Key(task.id(), chunk.getKey()));
      if (broadcastAudience instanceof BroadcastAudience.Paced) {
        page.addPending(chunk.getValue());
      } else {
        page.addQueued(chunk.getValue());
      }
      waiting += chunk.getValue().getCardinality();
    }
    var bucket = BroadcastRows.of(task, rule).statisticsBucket();
    for (var delivery : acceptance.deliveries()) {
      DeliveryId id = delivery.id();
      NumberedRegistration registration = numberedRegistration.get(id.registration());
      if (registration != null) {
        StateBitmaps page = bitmapChunks.chunk(BitmapChunks.Key.of(task.id(), registration));
        waiting -= page.state(registration.offset(), Instant.EPOCH).isPresent() ? 1 : 0;
        page.set(registration.offset(), delivery.state());
        statisticsDelta.add(bucket, task.id(), DeliveryFunnel.of(delivery.state()));
      }
    }
    bitmapChunks.setAllChanged();
    bitmapChunks.write(session);
    if (broadcastAudience instanceof BroadcastAudience.Paced(var _, var sendRate)) {
      PacedRunRows.insert(session, task, sendRate, waiting);
    }
    statisticsDelta.add(bucket, task.id(), new DeliveryCounts(waiting, 0, 0, 0, 0));
    add(task.id());
  }
}
