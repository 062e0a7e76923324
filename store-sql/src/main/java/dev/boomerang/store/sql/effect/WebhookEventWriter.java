// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.effect;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.WebhookEvent;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Collects the webhook events of one transaction and writes them at its end. Each delivery's row,
/// and each broadcast's, carries the events its task asks for as a sum of bits, so that a task
/// without a webhook costs nothing here.
public final class WebhookEventWriter {
  private static final List<String> KEY = List.of("task_id");

  private record NewEvent(DeliveryId id, WebhookEvent webhookEvent, Instant at) {}

  /// Holds how many events a task's queue got; it has no due time if [#IDLE].
  private record Queue(long task, long enqueued, long dueAt) {}

  private static final long IDLE = -1;

  private final Map<TaskId, List<NewEvent>> byTask = new TreeMap<>();

  public static int mask(Task task) {
    return task.webhookEvents().stream().mapToInt(WebhookEventWriter::bit).sum();
  }

  private static int bit(EventType eventType) {
    return switch (eventType) {
      case RECEIVED -> 1;
      case CLICKED -> 2;
      case NOT_RECEIVED -> 4;
    };
  }

  private static Set<EventType> events(int asked) {
    var eventTypes = EnumSet.noneOf(EventType.class);
    for (EventType eventType : EventType.values()) {
      if ((asked & bit(eventType)) != 0) {
        eventTypes.add(eventType);
      }
    }
    return eventTypes;
  }

  public void transitioned(
      DeliveryId id, int asked, DeliveryState from, DeliveryState to, Instant at) {
    if (asked != 0) {
      WebhookEvent.of(events(asked), from, to)
          .forEach(webhookEvent -> add(new NewEvent(id, webhookEvent, at)));
    }
  }

  public void created(DeliveryId id, int asked, DeliveryState state) {
    if (asked != 0) {
      WebhookEvent.beginning(events(asked), state)
          .forEach(webhookEvent -> add(new NewEvent(id, webhookEvent, state.since())));
    }
  }

  private void add(NewEvent newEvent) {
    byTask.computeIfAbsent(newEvent.id().task(), _ -> new ArrayList<>()).add(newEvent);
  }

  /// Writes the events. The queue's row is locked, so that a task's events are numbered in the
  /// order of commits.
  public void write(SqlSession session, BatchSql batchSql) throws SQLException {
    if (byTask.isEmpty()) {
      return;
    }
    List<Object[]> keys =
        byTask.keySet().stream().map(task -> new Object[] {task.value()}).toList();
    var notes = new ArrayList<Object[]>();
    var queues = new ArrayList<Object[]>();
    for (Queue queue :
        batchSql.lock(session, Tables.WEBHOOK_QUEUES, KEY, keys, WebhookEventWriter::queue)) {
      List<NewEvent> newEvent = byTask.getOrDefault(new TaskId(queue.task()), List.of());
      long number = queue.enqueued();
      for (NewEvent each : newEvent) {
        notes.add(row(++number, each));
      }
      long first = newEvent.getFirst().at().toEpochMilli();
      queues.add(
          new Object[] {number, queue.dueAt() == IDLE ? first : queue.dueAt(), queue.task()});
    }
    batchSql.insert(session, Tables.WEBHOOK_EVENTS, notes);
    batchSql.update(session, Tables.WEBHOOK_QUEUES, List.of("enqueued", "due_at"), KEY, queues);
  }

  private static Queue queue(Row row) throws SQLException {
    return new Queue(
        row.getLong("task_id"),
        row.getLong("enqueued"),
        row.getOptionalLong("due_at").orElse(IDLE));
  }

  private static Object[] row(long number, NewEvent newEvent) {
    return new Object[] {
      newEvent.id().task().value(),
      number,
      newEvent.id().registration().value(),
      newEvent.webhookEvent().type().wire(),
      newEvent.at().toEpochMilli(),
      newEvent.webhookEvent().cause()
    };
  }

  /// Returns an empty queue, as it is stored with its task.
  public static Object[] emptyQueue(Task task) {
    return new Object[] {task.id().value(), 0L, 0L, 0L, 0, null};
  }
}
