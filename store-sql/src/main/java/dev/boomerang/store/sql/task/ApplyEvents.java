// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.task;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.store.sql.broadcast.BroadcastChanges;
import dev.boomerang.store.sql.broadcast.BroadcastIndex;
import dev.boomerang.store.sql.effect.StatisticsDelta;
import dev.boomerang.store.sql.effect.StatisticsKey;
import dev.boomerang.store.sql.effect.WebhookEventWriter;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.row.DeliveryRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.WriteHandler;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Applies the lifecycle to many deliveries at once: reads and locks them all in one order, moves
/// them in memory, and writes back each that moved, once.
final class ApplyEvents implements WriteHandler<List<Change>, List<Transition>> {
  private static final Comparator<DeliveryId> KEY_ORDER =
      Comparator.comparing(DeliveryId::task).thenComparing(DeliveryId::registration);

  /// Holds a delivery that has a row, its statistics key, and the events its webhook asks for.
  private record StoredDelivery(
      Delivery delivery, StatisticsKey statisticsKey, int webhookEventsMask) {
    StoredDelivery moved(DeliveryState to) {
      Delivery after = delivery.withState(to);
      return new StoredDelivery(after, statisticsKey.of(after.channel()), webhookEventsMask);
    }
  }

  private final BatchSql batchSql;
  private final BroadcastIndex broadcasts;

  ApplyEvents(BatchSql batchSql, BroadcastIndex broadcasts) {
    this.batchSql = batchSql;
    this.broadcasts = broadcasts;
  }

  @Override
  public List<List<Transition>> handle(SqlSession session, List<List<Change>> commands)
      throws SQLException {
    var ids = new TreeSet<>(KEY_ORDER);
    commands.forEach(changes -> changes.forEach(change -> ids.add(change.id())));
    var statisticsDelta = new StatisticsDelta();
    var webhookEventWriter = new WebhookEventWriter();
    var work =
        new Work(
            statisticsDelta,
            webhookEventWriter,
            rows(session, ids),
            marks(session, ids, statisticsDelta, webhookEventWriter));

    var answers = new ArrayList<List<Transition>>(commands.size());
    for (List<Change> changes : commands) {
      answers.add(changes.stream().map(work::apply).toList());
    }
    work.write(session);
    statisticsDelta.write(session);
    webhookEventWriter.write(session, batchSql);
    return answers;
  }

  private Map<DeliveryId, StoredDelivery> rows(SqlSession session, Set<DeliveryId> ids)
      throws SQLException {
    var storedDelivery = new HashMap<DeliveryId, StoredDelivery>();
    batchSql
        .lock(
            session,
            Tables.DELIVERIES,
            DeliveryRows.KEY,
            ids.stream()
                .filter(id -> !broadcasts.isKnown(id.task()))
                .map(DeliveryRows::key)
                .toList(),
            row ->
                new StoredDelivery(
                    DeliveryRows.delivery(row),
                    DeliveryRows.statisticsKey(row),
                    DeliveryRows.webhookEventsMask(row)))
        .forEach(each -> storedDelivery.put(each.delivery().id(), each));
    // A delivery without a row may belong to a broadcast that this process has not seen yet.
    ids.removeIf(storedDelivery::containsKey);
    return storedDelivery;
  }

  private BroadcastChanges marks(
      SqlSession session,
      Set<DeliveryId> ids,
      StatisticsDelta statisticsDelta,
      WebhookEventWriter webhookEventWriter)
      throws SQLException {
    Set<TaskId> tasks = new HashSet<>();
    ids.forEach(id -> tasks.add(id.task()));
    return tasks.isEmpty()
        ? BroadcastChanges.none()
        : BroadcastChanges.lock(
            session,
            batchSql,
            broadcasts,
            broadcasts.lock(session, tasks),
            ids,
            statisticsDelta,
            webhookEventWriter);
  }

  /// Applies one group of changes.
  private final class Work {
    private final StatisticsDelta statisticsDelta;
    private final WebhookEventWriter webhookEventWriter;
    private final Map<DeliveryId, StoredDelivery> storedDelivery;
    private final BroadcastChanges broadcastChanges;
    private final Set<DeliveryId> moved = new HashSet<>();

    Work(
        StatisticsDelta statisticsDelta,
        WebhookEventWriter webhookEventWriter,
        Map<DeliveryId, StoredDelivery> storedDelivery,
        BroadcastChanges broadcastChanges) {
      this.statisticsDelta = statisticsDelta;
      this.webhookEventWriter = webhookEventWriter;
      this.storedDelivery = storedDelivery;
      this.broadcastChanges = broadcastChanges;
    }

    Transition apply(Change change) {
      StoredDelivery before = storedDelivery.get(change.id());
      if (before == null) {
        return broadcastChanges.apply(change);
      }
      Transition transition = Lifecycle.apply(before.delivery().state(), change.event());
      if (transition instanceof Moved(var from, var to)) {
        StoredDelivery after = before.moved(to);
        storedDelivery.put(change.id(), after);
        moved.add(change.id());
        count(before, from, after, to);
        webhookEventWriter.transitioned(
            change.id(), before.webhookEventsMask(), from, to, change.event().at());
      }
      return transition;
    }

    private void count(
        StoredDelivery before, DeliveryState from, StoredDelivery after, DeliveryState to) {
      var app = before.delivery().app();
      TaskId task = before.delivery().id().task();
      var bucket = StatisticsDelta.Bucket.of(app, before.statisticsKey());
      if (before.statisticsKey().equals(after.statisticsKey())) {
        statisticsDelta.transitioned(bucket, task, from, to);
      } else {
        statisticsDelta.add(
            bucket,
            task,
            dev.boomerang.model.push.DeliveryCounts.NONE.minus(DeliveryFunnel.of(from)));
        statisticsDelta.add(
            StatisticsDelta.Bucket.of(app, after.statisticsKey()), task, DeliveryFunnel.of(to));
      }
    }

    void write(SqlSession session) throws SQLException {
      List<Object[]> rows =
          storedDelivery.values().stream()
              .filter(each -> moved.contains(each.delivery().id()))
              .map(each -> DeliveryRows.updateValues(each.delivery(), each.statisticsKey()))
              .toList();
      batchSql.update(session, Tables.DELIVERIES, DeliveryRows.STATE, DeliveryRows.KEY, rows);
      broadcastChanges.write(session);
    }
  }
}
