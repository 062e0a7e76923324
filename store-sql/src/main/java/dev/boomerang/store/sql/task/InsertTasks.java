// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.task;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.TaskStore.AcceptResult;
import dev.boomerang.port.TaskStore.Acceptance;
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
import dev.boomerang.store.sql.transaction.WriteHandler;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Stores many pushes at once; those of one caller stay together. A push whose names are taken, in
/// the database or earlier in the group, is a duplicate. A concurrent transaction is met by the
/// unique indexes: the group is rolled back, repeated, and then sees what the other stored.
final class InsertTasks implements WriteHandler<List<Acceptance>, List<AcceptResult>> {
  private final BatchSql batchSql;
  private final BroadcastIndex broadcasts;
  private final CollapseKeyOverrides collapseKeyOverrides;

  InsertTasks(BatchSql batchSql, BroadcastIndex broadcasts) {
    this.batchSql = batchSql;
    this.broadcasts = broadcasts;
    this.collapseKeyOverrides = new CollapseKeyOverrides(batchSql, broadcasts);
  }

  @Override
  public List<List<AcceptResult>> handle(SqlSession session, List<List<Acceptance>> callers)
      throws SQLException {
    Iterator<AcceptResult> acceptResults =
        accept(session, callers.stream().flatMap(List::stream).toList()).iterator();
    return callers.stream()
        .map(its -> its.stream().map(_ -> acceptResults.next()).toList())
        .toList();
  }

  private List<AcceptResult> accept(SqlSession session, List<Acceptance> acceptances)
      throws SQLException {
    var group = new Group();
    for (Acceptance acceptance : acceptances) {
      AppId app = acceptance.task().app();
      acceptance.requestKey().ifPresent(key -> group.ask(new RequestName(app, key)));
      acceptance.messages().forEach(message -> group.ask(app, message));
    }
    group.holders.putAll(holders(session, group));

    var decision = acceptances.stream().map(group::decide).toList();

    batchSql.insert(session, Tables.TASKS, group.tasks);
    batchSql.insert(session, Tables.MESSAGES, group.messages);
    batchSql.insert(session, Tables.DELIVERIES, group.deliveries);
    for (Acceptance acceptance : group.broadcasts) {
      broadcasts.insert(session, acceptance, group.statisticsDelta);
    }
    group.statisticsDelta.write(session);
    batchSql.insert(session, Tables.WEBHOOK_QUEUES, group.queues);
    group.webhookEventWriter.write(session, batchSql);
    Map<TaskId, Overridden> overridden = new HashMap<>();
    for (Acceptance acceptance : group.withCollapseKeys) {
      overridden.put(acceptance.task().id(), collapseKeyOverrides.apply(session, acceptance));
    }
    return answers(session, decision, overridden);
  }

  private Map<Object, TaskId> holders(SqlSession session, Group group) throws SQLException {
    var holders = new HashMap<Object, TaskId>();
    batchSql.select(
        session,
        Tables.TASKS,
        List.of("app", "request_scope", "request_key"),
        group.requestNames,
        row ->
            holders.put(
                new RequestName(
                    new AppId(row.getString("app")),
                    new RequestKey(row.getString("request_scope"), row.getString("request_key"))),
                new TaskId(row.getLong("id"))));
    batchSql.select(
        session,
        Tables.MESSAGES,
        List.of("app", "message_id", "target"),
        group.messageNames,
        row ->
            holders.put(
                new MessageName(
                    new AppId(row.getString("app")),
                    row.getString("message_id"),
                    row.getString("target")),
                new TaskId(row.getLong("task_id"))));
    return holders;
  }

  private List<AcceptResult> answers(
      SqlSession session, List<Decision> decision, Map<TaskId, Overridden> overridden)
      throws SQLException {
    var ids = new LinkedHashSet<TaskId>();
    decision.forEach(judgement -> ids.addAll(judgement.by));
    var tasks = new HashMap<TaskId, Task>();
    batchSql.select(
        session,
        Tables.TASKS,
        List.of("id"),
        ids.stream().map(id -> new Object[] {id.value()}).toList(),
        row -> tasks.put(new TaskId(row.getLong("id")), TaskRows.task(row)));

    var acceptResults = new ArrayList<AcceptResult>(decision.size());
    for (Decision judgement : decision) {
      acceptResults.add(
          judgement.by.isEmpty()
              ? stored(overridden.getOrDefault(judgement.task, Overridden.NONE))
              : new AcceptResult.Duplicate(
                  judgement.by.stream().map(tasks::get).toList(), judgement.messages));
    }
    return acceptResults;
  }

  private static AcceptResult stored(Overridden overridden) {
    return new AcceptResult.Stored(overridden.ids(), overridden.moved());
  }

  /// Holds the tasks that already have names of an acceptance; none if it is to be stored.
  private record Decision(TaskId task, Set<TaskId> by, int messages) {}

  private record RequestName(AppId app, RequestKey key) {}

  private record MessageName(AppId app, String messageId, String target) {}

  /// Collects what one group looks up and stores.
  private static final class Group {
    final List<Object[]> requestNames = new ArrayList<>();
    final List<Object[]> messageNames = new ArrayList<>();
    final Map<Object, TaskId> holders = new HashMap<>();
    final List<Object[]> tasks = new ArrayList<>();
    final List<Object[]> messages = new ArrayList<>();
    final List<Object[]> deliveries = new ArrayList<>();
    final List<Acceptance> broadcasts = new ArrayList<>();
    final List<Acceptance> withCollapseKeys = new ArrayList<>();
    final List<Object[]> queues = new ArrayList<>();
    final StatisticsDelta statisticsDelta = new StatisticsDelta();
    final WebhookEventWriter webhookEventWriter = new WebhookEventWriter();

    void ask(RequestName name) {
      requestNames.add(new Object[] {name.app().value(), name.key().scope(), name.key().key()});
    }

    void ask(AppId app, Message message) {
      message
          .messageId()
          .ifPresent(id -> messageNames.add(new Object[] {app.value(), id, message.target()}));
    }

    /// Decides on one acceptance after those before it, and stores it if its names are free.
    Decision decide(Acceptance acceptance) {
      AppId app = acceptance.task().app();
      var names = new ArrayList<Object>();
      acceptance.requestKey().ifPresent(key -> names.add(new RequestName(app, key)));
      for (Message message : acceptance.messages()) {
        message.messageId().ifPresent(id -> names.add(new MessageName(app, id, message.target())));
      }
      var by = new LinkedHashSet<TaskId>();
      int takenMessages = 0;
      for (Object name : names) {
        TaskId holder = holders.get(name);
        if (holder != null) {
          by.add(holder);
          takenMessages += name instanceof MessageName ? 1 : 0;
        }
      }
      if (by.isEmpty()) {
        names.forEach(name -> holders.put(name, acceptance.task().id()));
        store(acceptance);
      }
      return new Decision(acceptance.task().id(), by, takenMessages);
    }

    private void store(Acceptance acceptance) {
      AppId app = acceptance.task().app();
      tasks.add(TaskRows.row(acceptance));
      for (Message message : acceptance.messages()) {
        messages.add(TaskRows.row(app, message));
      }
      Task task = acceptance.task();
      if (task.counts().unmatched() > 0) {
        statisticsDelta.add(
            StatisticsDelta.Bucket.ofUnmatched(task),
            task.id(),
            new DeliveryCounts(task.counts().unmatched(), 0, 0, 0, 0));
      }
      if (!task.collapseKeys().isEmpty()) {
        withCollapseKeys.add(acceptance);
      }
      if (task.webhook().isPresent()) {
        queues.add(WebhookEventWriter.emptyQueue(task));
      }
      if (acceptance.broadcast().isPresent()) {
        broadcasts.add(acceptance);
        return;
      }
      int webhookEventsMask = WebhookEventWriter.mask(task);
      for (Delivery delivery : acceptance.deliveries()) {
        StatisticsKey statisticsKey = StatisticsKey.of(task, delivery);
        deliveries.add(DeliveryRows.row(statisticsKey, delivery, webhookEventsMask));
        webhookEventWriter.created(delivery.id(), webhookEventsMask, delivery.state());
        statisticsDelta.add(
            StatisticsDelta.Bucket.of(app, statisticsKey),
            task.id(),
            DeliveryFunnel.of(delivery.state()));
      }
    }
  }
}
