// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.RecallStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class SqlRecalls implements RecallStore {
  private static final String SELECT = "SELECT id, app, task_id, scope, asked_at FROM recalls";
  private static final String STANDING = SELECT + " WHERE task_id = ? AND scope = ?";

  private static final String OPEN =
      "INSERT INTO recalls (id, app, task_id, scope, asked_at, swept) VALUES (?, ?, ?, ?, ?, 0)"
          + " ON CONFLICT (task_id, scope) DO NOTHING";

  private final Reader reader;
  private final Writer writer;
  private final Write<Recall, Recall> open = Write.each(SqlRecalls::open);
  private final Write<RecallId, Integer> swept = Write.each(SqlRecalls::swept);

  SqlRecalls(Reader reader, Writer writer) {
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public Recall open(Recall recall) {
    return writer.submit(open, recall, 1);
  }

  private static Recall open(Session session, Recall recall) throws SQLException {
    if (recall.scope().isOfAll()) {
      Additions.close(session, recall.task());
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

  private static Optional<Recall> standing(Session session, TaskId task, Scope scope)
      throws SQLException {
    return session.first(STANDING, SqlRecalls::recall, task.value(), text(scope));
  }

  @Override
  public void swept(RecallId id) {
    writer.submit(swept, id, 1);
  }

  private static int swept(Session session, RecallId id) throws SQLException {
    return session.update("UPDATE recalls SET swept = 1 WHERE id = ?", id.value());
  }

  @Override
  public List<Recall> unswept() {
    return reader.read(
        session -> session.query(SELECT + " WHERE swept = 0 ORDER BY id", SqlRecalls::recall));
  }

  @Override
  public Optional<Recall> find(RecallId id) {
    return reader.read(
        session -> session.first(SELECT + " WHERE id = ?", SqlRecalls::recall, id.value()));
  }

  @Override
  public Optional<Recall> find(TaskId task, Scope scope) {
    return reader.read(session -> standing(session, task, scope));
  }

  private static Recall recall(ResultSet row) throws SQLException {
    return new Recall(
        new RecallId(row.getLong(1)),
        new AppId(row.getString(2)),
        new TaskId(row.getLong(3)),
        scope(row.getString(4)),
        Instant.ofEpochMilli(row.getLong(5)));
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
