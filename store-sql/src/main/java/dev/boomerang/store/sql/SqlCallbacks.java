// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.WebhookOutbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The queues of callbacks. Who takes, sends or gives up holds the queue's row, as who writes to it
/// does ([Telling]). A queue that is due at no time has nothing to say.
final class SqlCallbacks implements WebhookOutbox {
  private static final String DUE =
      "SELECT task_id FROM callback_queues WHERE due_at <= ? ORDER BY due_at, task_id"
          + Tables.LIMIT;

  private static final String TASK = Tables.selectFrom(Tables.TASKS) + " WHERE id = ?";

  private static final String HEAD =
      "SELECT number, registration_id, event, at, cause FROM callback_words"
          + " WHERE task_id = ? AND number <= ? ORDER BY number";

  /// The first that is not to be given up.
  private static final String FIRST_KEPT =
      "SELECT number FROM callback_words WHERE task_id = ? AND at >= ? ORDER BY number LIMIT 1";

  private static final String REMOVE =
      "DELETE FROM callback_words WHERE task_id = ? AND number <= ?";

  private static final String WRITE =
      "UPDATE callback_queues SET gone = ?, batch_end = ?, attempt = ?, due_at = ?"
          + " WHERE task_id = ?";

  private static final String WAITING =
      "SELECT sum(written - gone) FROM callback_queues WHERE due_at IS NOT NULL";

  private record Taking(TaskId task, Instant now, Instant until, int most) {}

  private record Failing(Batch batch, Instant again, Instant giveUp) {}

  private record Going(Batch batch, Instant again) {}

  /// `gone`: the number of the last note that went. `dueAt` is there for a queue that is read
  /// because it is due or taken.
  private record Queue(
      long task, long written, long gone, long batchEnd, int attempt, Optional<Instant> dueAt) {

    boolean isTaken(Batch batch) {
      return dueAt.equals(Optional.of(batch.until()));
    }

    Queue with(long newGone, long newEnd, int newAttempt, Instant due) {
      return new Queue(task, written, newGone, newEnd, newAttempt, Optional.of(due));
    }

    void write(Session session) throws SQLException {
      boolean isEmpty = gone == written;
      Long due = isEmpty ? null : dueAt.map(Instant::toEpochMilli).orElse(null);
      Object[] values = {gone, batchEnd, attempt, due, task};
      session.update(WRITE, values);
    }
  }

  private final Reader reader;
  private final Writer writer;
  private final Bulk bulk;
  private final Write<Taking, Optional<Batch>> take = Write.each(this::take);
  private final Write<Going, Integer> sent = Write.each(this::sent);
  private final Write<Failing, Integer> failed = Write.each(this::failed);
  private final Write<Going, Integer> putOff = Write.each(this::putOff);

  SqlCallbacks(Reader reader, Writer writer, Bulk bulk) {
    this.reader = reader;
    this.writer = writer;
    this.bulk = bulk;
  }

  @Override
  public List<TaskId> due(Instant now, int limit) {
    return reader.read(
        session ->
            session.query(DUE, row -> new TaskId(row.getLong(1)), now.toEpochMilli(), limit));
  }

  @Override
  public Optional<Batch> claim(TaskId task, Instant now, Instant until, int most) {
    // As it comes back from the row: that is how a lease is known.
    Instant kept = Instant.ofEpochMilli(until.toEpochMilli());
    return writer.submit(take, new Taking(task, now, kept, most), 1);
  }

  private Optional<Batch> take(Session session, Taking taking) throws SQLException {
    Optional<Queue> due =
        lock(session, taking.task())
            .filter(it -> it.dueAt().filter(at -> !at.isAfter(taking.now())).isPresent());
    Optional<Task> task = session.first(TASK, TaskRows::task, taking.task().value());
    if (due.isEmpty() || task.isEmpty()) {
      return Optional.empty();
    }
    Queue queue = due.get();
    long end =
        queue.batchEnd() > queue.gone()
            ? queue.batchEnd()
            : Math.min(queue.written(), queue.gone() + taking.most());
    queue.with(queue.gone(), end, queue.attempt(), taking.until()).write(session);
    List<PendingEvent> pendingEvents = session.query(HEAD, SqlCallbacks::note, queue.task(), end);
    return Optional.of(new Batch(task.get(), pendingEvents, queue.attempt(), taking.until()));
  }

  private Optional<Queue> lock(Session session, TaskId task) throws SQLException {
    List<Object[]> key = List.<Object[]>of(new Object[] {task.value()});
    return bulk.lock(session, Tables.QUEUES, List.of("task_id"), key, SqlCallbacks::queue).stream()
        .findFirst();
  }

  private Optional<Queue> taken(Session session, Batch batch) throws SQLException {
    return lock(session, batch.task().id()).filter(queue -> queue.isTaken(batch));
  }

  private static Queue queue(ResultSet row) throws SQLException {
    long dueAt = row.getLong(6);
    Optional<Instant> due =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(dueAt));
    return new Queue(
        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getInt(5), due);
  }

  private static PendingEvent note(ResultSet row) throws SQLException {
    return new PendingEvent(
        row.getLong(1),
        new RegistrationId(row.getString(2)),
        Webhook.EventType.parse(row.getString(3)).orElseThrow(),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getString(5));
  }

  @Override
  public void delivered(Batch batch, Instant now) {
    writer.submit(sent, new Going(batch, now), batch.pendingEvents().size());
  }

  private int sent(Session session, Going going) throws SQLException {
    Optional<Queue> taken = taken(session, going.batch());
    if (taken.isEmpty()) {
      return 0;
    }
    Queue queue = taken.get();
    queue.with(queue.batchEnd(), queue.batchEnd(), 0, going.again()).write(session);
    return session.update(REMOVE, queue.task(), queue.batchEnd());
  }

  @Override
  public int failed(Batch batch, Instant again, Instant giveUp) {
    return writer.submit(failed, new Failing(batch, again, giveUp), 1);
  }

  private int failed(Session session, Failing failing) throws SQLException {
    Optional<Queue> taken = taken(session, failing.batch());
    if (taken.isEmpty()) {
      return 0;
    }
    Queue queue = taken.get();
    long gone =
        session
                .first(
                    FIRST_KEPT,
                    row -> row.getLong(1),
                    queue.task(),
                    failing.giveUp().toEpochMilli())
                .orElse(queue.written() + 1)
            - 1;
    queue.with(gone, queue.batchEnd(), queue.attempt() + 1, failing.again()).write(session);
    return gone == queue.gone() ? 0 : session.update(REMOVE, queue.task(), gone);
  }

  @Override
  public void postpone(Batch batch, Instant again) {
    writer.submit(putOff, new Going(batch, again), 1);
  }

  private int putOff(Session session, Going going) throws SQLException {
    Optional<Queue> taken = taken(session, going.batch());
    if (taken.isPresent()) {
      Queue queue = taken.get();
      queue.with(queue.gone(), queue.batchEnd(), queue.attempt(), going.again()).write(session);
    }
    return 0;
  }

  @Override
  public long pendingCount() {
    return reader.read(session -> session.first(WAITING, row -> row.getLong(1)).orElse(0L));
  }
}
