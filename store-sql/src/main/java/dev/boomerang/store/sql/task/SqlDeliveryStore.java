// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.task;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.store.sql.broadcast.BroadcastIndex;
import dev.boomerang.store.sql.broadcast.SqlBroadcastStore;
import dev.boomerang.store.sql.codec.ContentCodec;
import dev.boomerang.store.sql.codec.DeliveryStatusCodec;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.row.DeliveryRows;
import dev.boomerang.store.sql.row.TaskRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public final class SqlDeliveryStore implements DeliveryStore {
  private static final String FIND =
      Tables.selectFrom(Tables.DELIVERIES) + " WHERE task_id = ? AND registration_id = ?";

  private static final String OF_TASK =
      Tables.selectFrom(Tables.DELIVERIES)
          + " WHERE task_id = ? AND registration_id > ? ORDER BY registration_id"
          + Tables.LIMIT;

  private static final String COUNTS =
      "SELECT status, count(*) AS deliveries FROM deliveries WHERE task_id = ? GROUP BY status";

  /// Begins the names of a task's columns where a delivery's are in the same row.
  private static final String TASK = "task_row_";

  private static final String MAILBOX =
      "SELECT "
          + Tables.qualified(Tables.DELIVERIES)
          + ", "
          + Tables.qualified(Tables.TASKS, TASK)
          + ", messages.content AS message_content"
          + " FROM deliveries JOIN tasks ON tasks.id = deliveries.task_id"
          + " LEFT JOIN messages ON messages.task_id = deliveries.task_id"
          + " AND messages.number = deliveries.message"
          + " WHERE registration_id = ? AND mailbox_state = 1 AND deliveries.task_id > ?"
          + " AND deliveries.expires_at > ?"
          + " AND (deliveries.not_before IS NULL OR deliveries.not_before <= ?)"
          + " ORDER BY deliveries.task_id"
          + Tables.LIMIT;

  private static final String UNDELIVERED =
      "SELECT task_id, registration_id FROM deliveries"
          + " WHERE registration_id = ? AND mailbox_state IN (1, 4) AND task_id > ?"
          + " AND expires_at > ? ORDER BY task_id"
          + Tables.LIMIT;

  private static final String RECALLING =
      "SELECT task_id, registration_id FROM deliveries"
          + " WHERE registration_id = ? AND mailbox_state = 2 AND task_id > ? ORDER BY task_id"
          + Tables.LIMIT;

  private static final String ON_DEVICE =
      "SELECT task_id, registration_id FROM deliveries"
          + " WHERE registration_id = ? AND mailbox_state = 3 AND task_id > ? ORDER BY task_id"
          + Tables.LIMIT;

  private static final String DUE =
      "SELECT task_id, registration_id FROM deliveries"
          + " WHERE due_at <= ? ORDER BY due_at"
          + Tables.LIMIT;

  private static final String RETRY_DUE =
      "SELECT task_id, registration_id FROM deliveries"
          + " WHERE not_before <= ? ORDER BY not_before"
          + Tables.LIMIT;

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final SqlBroadcastStore broadcasts;
  private final ApplyEvents applyEvents;

  public SqlDeliveryStore(
      QueryRunner queryRunner,
      Writer writer,
      BatchSql batchSql,
      BroadcastIndex broadcastIndex,
      SqlBroadcastStore broadcasts) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.broadcasts = broadcasts;
    this.applyEvents = new ApplyEvents(batchSql, broadcastIndex);
  }

  @Override
  public List<Transition> apply(List<Change> changes) {
    return changes.isEmpty()
        ? List.of()
        : writer.submit(applyEvents, List.copyOf(changes), changes.size());
  }

  @Override
  public Optional<Delivery> find(DeliveryId id) {
    return queryRunner.read(
        session -> {
          Optional<Delivery> row =
              session.first(FIND, DeliveryRows::delivery, DeliveryRows.key(id));
          return row.isPresent() ? row : broadcasts.find(session, id);
        });
  }

  @Override
  public List<Delivery> ofTask(TaskId task, String after, int limit) {
    return queryRunner.read(
        session ->
            broadcasts.isBroadcast(session, task)
                ? broadcasts.deliveriesWithState(session, task, after, limit)
                : session.query(OF_TASK, DeliveryRows::delivery, task.value(), after, limit));
  }

  @Override
  public Map<DeliveryStatus, Integer> counts(TaskId task) {
    return queryRunner.read(
        session -> {
          if (broadcasts.isBroadcast(session, task)) {
            return broadcasts.countStates(session, task).byStatus();
          }
          Map<DeliveryStatus, Integer> counts = new EnumMap<>(DeliveryStatus.class);
          session.query(
              COUNTS,
              row ->
                  counts.put(
                      DeliveryStatusCodec.parse(row.getString("status")), row.getInt("deliveries")),
              task.value());
          return counts;
        });
  }

  @Override
  public List<MailboxEntry> mailbox(
      RegistrationId registration, TaskId after, Instant now, int limit) {
    return queryRunner.read(
        session ->
            session.query(
                MAILBOX,
                SqlDeliveryStore::mailboxEntry,
                registration.value(),
                after.value(),
                now.toEpochMilli(),
                now.toEpochMilli(),
                limit));
  }

  @Override
  public List<DeliveryId> undelivered(
      RegistrationId registration, TaskId after, Instant now, int limit) {
    return queryRunner.read(
        session ->
            session.query(
                UNDELIVERED,
                DeliveryRows::id,
                registration.value(),
                after.value(),
                now.toEpochMilli(),
                limit));
  }

  private static MailboxEntry mailboxEntry(Row row) throws SQLException {
    Task task = TaskRows.task(row.withPrefix(TASK));
    return new MailboxEntry(
        DeliveryRows.delivery(row),
        task,
        row.getOptionalString("message_content").map(ContentCodec::read).orElse(task.content()));
  }

  @Override
  public List<DeliveryId> recalling(RegistrationId registration, TaskId after, int limit) {
    return queryRunner.read(
        session ->
            session.query(RECALLING, DeliveryRows::id, registration.value(), after.value(), limit));
  }

  @Override
  public List<DeliveryId> onDevice(RegistrationId registration, TaskId after, int limit) {
    return queryRunner.read(
        session ->
            session.query(ON_DEVICE, DeliveryRows::id, registration.value(), after.value(), limit));
  }

  @Override
  public List<DeliveryId> due(Instant now, int limit) {
    return queryRunner.read(
        session -> session.query(DUE, DeliveryRows::id, now.toEpochMilli(), limit));
  }

  @Override
  public List<DeliveryId> retryDue(Instant now, int limit) {
    return queryRunner.read(
        session -> session.query(RETRY_DUE, DeliveryRows::id, now.toEpochMilli(), limit));
  }
}
