// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.task;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.RecallStore;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

public final class SqlRecallStore implements RecallStore {
  private static final String SELECT = "SELECT id, app, task_id, scope, asked_at FROM recalls";
  private static final String STANDING = SELECT + " WHERE task_id = ? AND scope = ?";

  private static final String OPEN =
      "INSERT INTO recalls (id, app, task_id, scope, asked_at, swept) VALUES (?, ?, ?, ?, ?, 0)"
          + " ON CONFLICT (task_id, scope) DO NOTHING";

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final WriteHandler<Recall, Recall> open = WriteHandler.each(SqlRecallStore::open);
  private final WriteHandler<RecallId, Integer> swept = WriteHandler.each(SqlRecallStore::swept);

  public SqlRecallStore(QueryRunner queryRunner, Writer writer) {
    this.queryRunner = queryRunner;
    this.writer = writer;
  }

  @Override
  public Recall open(Recall recall) {
    return writer.submit(open, recall, 1);
  }

  private static Recall open(SqlSession session, Recall recall) throws SQLException {
    if (recall.scope().isOfAll()) {
      AppendTargets.close(session, recall.task());
    }
    int stored =
        session.update(
            OPEN,
            recall.id().value(),
            recall.app().value(),
            recall.task().value(),
            text(recall.scope()),
            recall.askedAt().toEpochMilli());
    return stored == 1 ? recall : standing(session, recall.task(), recall.scope()).orElse(recall);
  }

  private static Optional<Recall> standing(SqlSession session, TaskId task, Scope scope)
      throws SQLException {
    return session.first(STANDING, SqlRecallStore::recall, task.value(), text(scope));
  }

  @Override
  public void swept(RecallId id) {
    writer.submit(swept, id, 1);
  }

  private static int swept(SqlSession session, RecallId id) throws SQLException {
    return session.update("UPDATE recalls SET swept = 1 WHERE id = ?", id.value());
  }

  @Override
  public List<Recall> unswept() {
    return queryRunner.read(
        session -> session.query(SELECT + " WHERE swept = 0 ORDER BY id", SqlRecallStore::recall));
  }

  @Override
  public Optional<Recall> find(RecallId id) {
    return queryRunner.read(
        session -> session.first(SELECT + " WHERE id = ?", SqlRecallStore::recall, id.value()));
  }

  @Override
  public Optional<Recall> find(TaskId task, Scope scope) {
    return queryRunner.read(session -> standing(session, task, scope));
  }

  private static Recall recall(Row row) throws SQLException {
    return new Recall(
        new RecallId(row.getLong("id")),
        new AppId(row.getString("app")),
        new TaskId(row.getLong("task_id")),
        scope(row.getString("scope")),
        row.getInstant("asked_at"));
  }

  private static String text(Scope scope) {
    return switch (scope) {
      case Scope.WholeTask _ -> "task";
      case Scope.OneMessage s -> "message " + s.number();
      case Scope.OneDelivery s -> "registration " + s.registration().value();
    };
  }

  private static Scope scope(String text) {
    int space = text.indexOf(' ');
    String rest = text.substring(space + 1);
    return switch (space < 0 ? text : text.substring(0, space)) {
      case "task" -> new Scope.WholeTask();
      case "message" -> new Scope.OneMessage(Integer.parseInt(rest));
      case "registration" -> new Scope.OneDelivery(new RegistrationId(rest));
      default -> throw new IllegalStateException("a stored recall has scope " + text);
    };
  }
}
