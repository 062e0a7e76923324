// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.webhook;

import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.WebhookOutbox;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.row.TaskRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Hands out the queues of webhook events. A transaction that claims, completes or gives up a batch
/// locks the queue's row, as one that writes events does. A queue without a due time is empty.
public final class SqlWebhookOutbox implements WebhookOutbox {
  private static final String DUE =
      "SELECT task_id FROM webhook_queues WHERE due_at <= ? ORDER BY due_at, task_id"
          + Tables.LIMIT;

  private static final String TASK = Tables.selectFrom(Tables.TASKS) + " WHERE id = ?";

  private static final String HEAD =
      "SELECT number, registration_id, event, at, cause FROM webhook_events"
          + " WHERE task_id = ? AND number <= ? ORDER BY number";

  /// Finds the first event that is young enough to be kept.
  private static final String FIRST_KEPT =
      "SELECT number FROM webhook_events WHERE task_id = ? AND at >= ? ORDER BY number LIMIT 1";

  private static final String REMOVE =
      "DELETE FROM webhook_events WHERE task_id = ? AND number <= ?";

  private static final String WRITE =
      "UPDATE webhook_queues SET delivered = ?, batch_end = ?, attempt = ?, due_at = ?"
          + " WHERE task_id = ?";

  private static final String WAITING =
      "SELECT sum(enqueued - delivered) AS pending FROM webhook_queues WHERE due_at IS NOT NULL";

  private record Claim(TaskId task, Instant now, Instant until, int most) {}

  private record Failure(Batch batch, Instant again, Instant giveUp) {}

  private record Completion(Batch batch, Instant again) {}

  /// Holds one queue. `delivered` is the number of the last event that was removed. `dueAt` is
  /// present for a queue that is read because it is due or claimed.
  private record Queue(
      long task,
      long enqueued,
      long delivered,
      long batchEnd,
      int attempt,
      Optional<Instant> dueAt) {

    boolean isTaken(Batch batch) {
      return dueAt.equals(Optional.of(batch.until()));
    }

    Queue with(long newDelivered, long newEnd, int newAttempt, Instant due) {
      return new Queue(task, enqueued, newDelivered, newEnd, newAttempt, Optional.of(due));
    }

    void write(SqlSession session) throws SQLException {
      boolean isEmpty = delivered == enqueued;
      Long due = isEmpty ? null : dueAt.map(Instant::toEpochMilli).orElse(null);
      Object[] values = {delivered, batchEnd, attempt, due, task};
      session.update(WRITE, values);
    }
  }

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final BatchSql batchSql;
  private final WriteHandler<Claim, Optional<Batch>> claim = WriteHandler.each(this::claim);
  private final WriteHandler<Completion, Integer> delivered = WriteHandler.each(this::delivered);
  private final WriteHandler<Failure, Integer> failed = WriteHandler.each(this::failed);
  private final WriteHandler<Completion, Integer> postpone = WriteHandler.each(this::postpone);

  public SqlWebhookOutbox(QueryRunner queryRunner, Writer writer, BatchSql batchSql) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.batchSql = batchSql;
  }

  @Override
  public List<TaskId> due(Instant now, int limit) {
    return queryRunner.read(
        session ->
            session.query(
                DUE, row -> new TaskId(row.getLong("task_id")), now.toEpochMilli(), limit));
  }

  @Override
  public Optional<Batch> claim(TaskId task, Instant now, Instant until, int most) {
    // As it comes back from the row: that is how a lease is known.
    Instant kept = Instant.ofEpochMilli(until.toEpochMilli());
    return writer.submit(claim, new Claim(task, now, kept, most), 1);
  }

  private Optional<Batch> claim(SqlSession session, Claim claim) throws SQLException {
    Optional<Queue> due =
        lock(session, claim.task())
            .filter(it -> it.dueAt().filter(at -> !at.isAfter(claim.now())).isPresent());
    Optional<Task> task = session.first(TASK, TaskRows::task, claim.task().value());
    if (due.isEmpty() || task.isEmpty()) {
      return Optional.empty();
    }
    Queue queue = due.get();
    long end =
        queue.batchEnd() > queue.delivered()
            ? queue.batchEnd()
            : Math.min(queue.enqueued(), queue.delivered() + claim.most());
    queue.with(queue.delivered(), end, queue.attempt(), claim.until()).write(session);
    List<PendingEvent> pendingEvents =
        session.query(HEAD, SqlWebhookOutbox::pendingEvent, queue.task(), end);
    return Optional.of(new Batch(task.get(), pendingEvents, queue.attempt(), claim.until()));
  }

  private Optional<Queue> lock(SqlSession session, TaskId task) throws SQLException {
    List<Object[]> key = List.<Object[]>of(new Object[] {task.value()});
    return batchSql
        .lock(session, Tables.WEBHOOK_QUEUES, List.of("task_id"), key, SqlWebhookOutbox::queue)
        .stream()
        .findFirst();
  }

  private Optional<Queue> taken(SqlSession session, Batch batch) throws SQLException {
    return lock(session, batch.task().id()).filter(queue -> queue.isTaken(batch));
  }

  private static Queue queue(Row row) throws SQLException {
    return new Queue(
        row.getLong("task_id"),
        row.getLong("enqueued"),
        row.getLong("delivered"),
        row.getLong("batch_end"),
        row.getInt("attempt"),
        row.getOptionalInstant("due_at"));
  }

  private static PendingEvent pendingEvent(Row row) throws SQLException {
    return new PendingEvent(
        row.getLong("number"),
        new RegistrationId(row.getString("registration_id")),
        Webhook.EventType.parse(row.getString("event")).orElseThrow(),
        row.getInstant("at"),
        row.getString("cause"));
  }

  @Override
  public void delivered(Batch batch, Instant now) {
    writer.submit(delivered, new Completion(batch, now), batch.pendingEvents().size());
  }

  private int delivered(SqlSession session, Completion completion) throws SQLException {
    Optional<Queue> taken = taken(session, completion.batch());
    if (taken.isEmpty()) {
      return 0;
    }
    Queue queue = taken.get();
    queue.with(queue.batchEnd(), queue.batchEnd(), 0, completion.again()).write(session);
    return session.update(REMOVE, queue.task(), queue.batchEnd());
  }

  @Override
  public int failed(Batch batch, Instant again, Instant giveUp) {
    return writer.submit(failed, new Failure(batch, again, giveUp), 1);
  }

  private int failed(SqlSession session, Failure failure) throws SQLException {
    Optional<Queue> taken = taken(session, failure.batch());
    if (taken.isEmpty()) {
      return 0;
    }
    Queue queue = taken.get();
    long delivered =
        session
                .first(
                    FIRST_KEPT,
                    row -> row.getLong("number"),
                    queue.task(),
                    failure.giveUp().toEpochMilli())
                .orElse(queue.enqueued() + 1)
            - 1;
    queue.with(delivered, queue.batchEnd(), queue.attempt() + 1, failure.again()).write(session);
    return delivered == queue.delivered() ? 0 : session.update(REMOVE, queue.task(), delivered);
  }

  @Override
  public void postpone(Batch batch, Instant again) {
    writer.submit(postpone, new Completion(batch, again), 1);
  }

  private int postpone(SqlSession session, Completion completion) throws SQLException {
    Optional<Queue> taken = taken(session, completion.batch());
    if (taken.isPresent()) {
      Queue queue = taken.get();
      queue
          .with(queue.delivered(), queue.batchEnd(), queue.attempt(), completion.again())
          .write(session);
    }
    return 0;
  }

  @Override
  public long pendingCount() {
    return queryRunner.read(
        session -> session.first(WAITING, row -> row.getLong("pending")).orElse(0L));
  }
}
