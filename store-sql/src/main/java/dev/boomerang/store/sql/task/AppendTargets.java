// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.task;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.AddResult;
import dev.boomerang.port.TaskStore.Addition;
import dev.boomerang.store.sql.broadcast.BroadcastIndex;
import dev.boomerang.store.sql.effect.StatisticsDelta;
import dev.boomerang.store.sql.effect.StatisticsKey;
import dev.boomerang.store.sql.effect.WebhookEventWriter;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.row.DeliveryRows;
import dev.boomerang.store.sql.row.TaskRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.task.CollapseKeyOverrides.Overridden;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Adds deliveries to open tasks. Every transaction that adds or closes locks the task's row, so
/// that a recall misses nothing and no registration gets two deliveries.
final class AppendTargets {
  private static final String COUNT =
      "UPDATE tasks SET deliveries = deliveries + ?, unmatched = unmatched + ?"
          + " WHERE id = ? AND open_strategy IS NOT NULL";

  private static final String SKIPPED = "SELECT skipped FROM tasks WHERE id = ?";
  private static final String SET_SKIPPED = "UPDATE tasks SET skipped = ? WHERE id = ?";

  private static final String COUNT_MESSAGE =
      "UPDATE messages SET deliveries = deliveries + ? WHERE task_id = ?";

  private static final String CLOSE =
      "UPDATE tasks SET open_strategy = NULL WHERE id = ? AND open_strategy IS NOT NULL";

  private final BatchSql batchSql;
  private final CollapseKeyOverrides collapseKeyOverrides;

  AppendTargets(BatchSql batchSql, BroadcastIndex broadcastIndex) {
    this.batchSql = batchSql;
    this.collapseKeyOverrides = new CollapseKeyOverrides(batchSql, broadcastIndex);
  }

  static int close(SqlSession session, TaskId task) throws SQLException {
    return session.update(CLOSE, task.value());
  }

  AddResult add(SqlSession session, Addition addition) throws SQLException {
    Task task = addition.task();
    // Locks the row before it is known how many deliveries are new.
    if (session.update(COUNT, 0, addition.unmatched(), task.id().value()) == 0) {
      return new AddResult.Closed();
    }
    if (!addition.skipped().isEmpty()) {
      addSkipped(session, addition);
    }
    List<Delivery> fresh = fresh(session, addition);
    session.update(COUNT, fresh.size(), 0, task.id().value());
    session.update(COUNT_MESSAGE, fresh.size(), task.id().value());
    var statisticsDelta = new StatisticsDelta();
    var webhookEventWriter = new WebhookEventWriter();
    int webhookEventsMask = WebhookEventWriter.mask(task);
    var rows = new ArrayList<Object[]>();
    for (Delivery delivery : fresh) {
      StatisticsKey statisticsKey = StatisticsKey.of(task, delivery);
      rows.add(DeliveryRows.row(statisticsKey, delivery, webhookEventsMask));
      webhookEventWriter.created(delivery.id(), webhookEventsMask, delivery.state());
      statisticsDelta.add(
          StatisticsDelta.Bucket.of(task.app(), statisticsKey),
          task.id(),
          DeliveryFunnel.of(delivery.state()));
    }
    statisticsDelta.add(
        StatisticsDelta.Bucket.ofUnmatched(task),
        task.id(),
        new DeliveryCounts(addition.unmatched(), 0, 0, 0, 0));
    batchSql.insert(session, Tables.DELIVERIES, rows);
    statisticsDelta.write(session);
    webhookEventWriter.write(session, batchSql);
    Overridden overridden = overridden(session, task, fresh);
    return new AddResult.Stored(fresh, overridden.ids(), overridden.moved());
  }

  private static void addSkipped(SqlSession session, Addition addition) throws SQLException {
    long id = addition.task().id().value();
    Map<String, Integer> before =
        session
            .first(SKIPPED, row -> TaskRows.skipped(row.getString("skipped")), id)
            .orElse(Map.of());
    Map<String, Integer> now = new HashMap<>(before);
    addition.skipped().forEach((cause, count) -> now.merge(cause, count, Integer::sum));
    session.update(SET_SKIPPED, TaskRows.skipped(now), id);
  }

  private List<Delivery> fresh(SqlSession session, Addition addition) throws SQLException {
    Set<RegistrationId> have =
        DeliveryRows.registrationsOf(
            session,
            batchSql,
            addition.task().id(),
            addition.deliveries().stream().map(each -> each.id().registration()).toList());
    return addition.deliveries().stream()
        .filter(delivery -> have.add(delivery.id().registration()))
        .toList();
  }

  private Overridden overridden(SqlSession session, Task task, List<Delivery> fresh)
      throws SQLException {
    return task.collapseKeys().isEmpty()
        ? Overridden.NONE
        : collapseKeyOverrides.apply(
            session,
            new Acceptance(
                task, Optional.empty(), Optional.empty(), List.of(), fresh, Optional.empty()));
  }
}
