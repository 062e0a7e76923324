// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.task;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.OccurrenceName;
import dev.boomerang.port.TaskStore;
import dev.boomerang.store.sql.broadcast.BroadcastIndex;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.row.TaskRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

public final class SqlTaskStore implements TaskStore {
  private static final int CLEARED_AT_ONCE = 2_000;

  private static final String FIND = Tables.selectFrom(Tables.TASKS) + " WHERE id = ?";

  private static final String OPEN = "SELECT open_strategy FROM tasks WHERE id = ?";

  /// Repeats the condition of the index `tasks_listed`.
  private static final String LISTED = "kind IN ('multiple', 'broadcast')";

  private static final String REQUESTED =
      Tables.selectFrom(Tables.TASKS) + " WHERE app = ? AND request_scope = ? AND request_key = ?";

  private static final String MESSAGES =
      Tables.selectFrom(Tables.MESSAGES) + " WHERE task_id = ? ORDER BY number";

  private static final String MESSAGE =
      Tables.selectFrom(Tables.MESSAGES) + " WHERE app = ? AND message_id = ? AND target = ?";

  /// Finds messages by the range of the index of names; the length excludes most that look alike.
  private static final String OCCURRENCE_MESSAGES =
      Tables.selectFrom(Tables.MESSAGES)
          + " WHERE app = ? AND message_id >= ? AND message_id < ? AND target = ?"
          + " AND length(message_id) = ? ORDER BY task_id DESC";

  private static final String HIGHEST_ID =
      "SELECT max(id) AS id FROM (SELECT max(id) AS id FROM tasks UNION ALL SELECT max(id) FROM"
          + " recalls UNION ALL SELECT max(highest_id) FROM id_watermark) AS ids";

  /// Finds old tasks. Ids are in the order of acceptance, so the oldest come first and no index of
  /// times is needed.
  private static final String OLD =
      "SELECT id FROM (SELECT id, accepted_at FROM tasks ORDER BY id"
          + Tables.LIMIT
          + ") AS first WHERE accepted_at < ? ORDER BY id";

  private static final String CLEAR_DELIVERIES =
      "DELETE FROM deliveries WHERE task_id = ? AND registration_id IN"
          + " (SELECT registration_id FROM deliveries WHERE task_id = ? LIMIT "
          + CLEARED_AT_ONCE
          + ")";

  private static final String COUNT_CLEARED =
      "UPDATE tasks SET deliveries = CASE WHEN deliveries > ? THEN deliveries - ? ELSE 0 END"
          + " WHERE id = ?";

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final InsertTasks insertTasks;
  private final WriteHandler<Addition, AddResult> add;
  private final WriteHandler<TaskId, Integer> close = WriteHandler.each(AppendTargets::close);
  private final WriteHandler<TaskId, Integer> clearDeliveries =
      WriteHandler.each(SqlTaskStore::clearDeliveries);
  private final WriteHandler<TaskId, Integer> clearTask =
      WriteHandler.each(SqlTaskStore::clearTask);

  public SqlTaskStore(
      QueryRunner queryRunner, Writer writer, BatchSql batchSql, BroadcastIndex broadcastIndex) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.insertTasks = new InsertTasks(batchSql, broadcastIndex);
    this.add = WriteHandler.each(new AppendTargets(batchSql, broadcastIndex)::add);
  }

  @Override
  public List<AcceptResult> acceptAll(List<Acceptance> acceptances) {
    int weight =
        acceptances.stream()
            .mapToInt(each -> 1 + each.messages().size() + each.deliveries().size())
            .sum();
    return acceptances.isEmpty()
        ? List.of()
        : writer.submit(insertTasks, List.copyOf(acceptances), weight);
  }

  @Override
  public AddResult add(Addition addition) {
    return writer.submit(add, addition, 2 + addition.deliveries().size());
  }

  @Override
  public Optional<Strategy> open(TaskId id) {
    return queryRunner.read(
        session ->
            session
                .first(OPEN, row -> row.getOptionalString("open_strategy"), id.value())
                .flatMap(name -> name.map(it -> Strategy.parse(it).orElseThrow())));
  }

  @Override
  public void close(TaskId id) {
    writer.submit(close, id, 1);
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return queryRunner.read(session -> session.first(FIND, TaskRows::task, id.value()));
  }

  @Override
  public Optional<Task> findByRequestKey(AppId app, RequestKey key) {
    return queryRunner.read(
        session -> session.first(REQUESTED, TaskRows::task, app.value(), key.scope(), key.key()));
  }

  @Override
  public List<Task> list(Filter filter, int skip, int limit) {
    var arguments = new ArrayList<Object>();
    arguments.add(filter.app().value());
    arguments.add(filter.from().toEpochMilli());
    arguments.add(filter.to().toEpochMilli());
    filter.name().ifPresent(arguments::add);
    arguments.add(limit);
    arguments.add(skip);
    String sql =
        Tables.selectFrom(Tables.TASKS)
            + " WHERE app = ? AND "
            + among(filter.kinds())
            + " AND accepted_at >= ? AND accepted_at < ?"
            + filter.name().map(SqlTaskStore::called).orElse("")
            + " ORDER BY id DESC"
            + Tables.LIMIT
            + " OFFSET ? + 0";
    return filter.kinds().isEmpty()
        ? List.of()
        : queryRunner.read(session -> session.query(sql, TaskRows::task, arguments.toArray()));
  }

  /// Returns a condition that repeats the one of the index of named tasks.
  private static String called(String name) {
    return name.isEmpty() ? " AND name = ?" : " AND name = ? AND name <> ''";
  }

  /// With literals, and with the very words of the index of what is listed if that has them all:
  /// SQLite does not see otherwise that it may use it. A statement for each set of kinds, of which
  /// a program has a few.
  private static String among(Set<Source.Kind> kinds) {
    String these =
        kinds.stream()
            .sorted()
            .map(kind -> "'" + kind.wire() + "'")
            .collect(Collectors.joining(", ", "kind IN (", ")"));
    return kinds.stream().allMatch(Source.Kind::isTask) ? LISTED + " AND " + these : these;
  }

  @Override
  public List<Message> messages(TaskId id) {
    return queryRunner.read(session -> session.query(MESSAGES, TaskRows::message, id.value()));
  }

  @Override
  public Optional<Message> message(AppId app, String messageId, String target) {
    return queryRunner.read(
        session -> session.first(MESSAGE, TaskRows::message, app.value(), messageId, target));
  }

  @Override
  public List<Message> occurrenceMessages(AppId app, String messageId, String target) {
    int characters = messageId.codePointCount(0, messageId.length());
    return queryRunner.read(
        session ->
            session.query(
                OCCURRENCE_MESSAGES,
                TaskRows::message,
                app.value(),
                OccurrenceName.begin(messageId),
                OccurrenceName.end(messageId),
                target,
                characters + OccurrenceName.SUFFIX_LENGTH));
  }

  @Override
  public long highestId() {
    return queryRunner.read(
        session -> session.first(HIGHEST_ID, row -> row.getLong("id")).orElse(0L));
  }

  /// Deletes old tasks. A large one is deleted piece by piece, so that writers do not wait for it,
  /// and its own row last. A stop in between leaves the rest to the next call.
  @Override
  public int purge(Instant limit, int count) {
    List<TaskId> old =
        queryRunner.read(
            session ->
                session.query(
                    OLD, row -> new TaskId(row.getLong("id")), count, limit.toEpochMilli()));
    int cleared = 0;
    for (TaskId task : old) {
      while (writer.submit(clearDeliveries, task, CLEARED_AT_ONCE) == CLEARED_AT_ONCE) {
        // There may be more.
      }
      cleared += writer.submit(clearTask, task, CLEARED_AT_ONCE);
    }
    return cleared;
  }

  /// Deletes some deliveries and lowers the task's count: a stop before the rest is deleted must
  /// not look as if deliveries had been lost.
  private static int clearDeliveries(SqlSession session, TaskId task) throws SQLException {
    int cleared = session.update(CLEAR_DELIVERIES, task.value(), task.value());
    session.update(COUNT_CLEARED, cleared, cleared, task.value());
    return cleared;
  }

  private static int clearTask(SqlSession session, TaskId task) throws SQLException {
    Long id = task.value();
    session.update("DELETE FROM deliveries WHERE task_id = ?", id);
    session.update("DELETE FROM messages WHERE task_id = ?", id);
    session.update("DELETE FROM broadcast_states WHERE task_id = ?", id);
    session.update("DELETE FROM broadcasts WHERE task_id = ?", id);
    session.update("DELETE FROM paced_runs WHERE task_id = ?", id);
    session.update("DELETE FROM task_statistics WHERE task_id = ?", id);
    session.update("DELETE FROM collapse_keys WHERE task_id = ?", id);
    session.update("DELETE FROM webhook_events WHERE task_id = ?", id);
    session.update("DELETE FROM webhook_queues WHERE task_id = ?", id);
    session.update(
        "UPDATE id_watermark SET highest_id = (SELECT max(id) FROM ("
            + "SELECT highest_id AS id FROM id_watermark"
            + " UNION ALL SELECT id FROM recalls WHERE task_id = ?"
            + " UNION ALL SELECT id FROM tasks WHERE id = ?) AS ids)",
        id,
        id);
    session.update("DELETE FROM recalls WHERE task_id = ?", id);
    return session.update("DELETE FROM tasks WHERE id = ?", id);
  }
}
