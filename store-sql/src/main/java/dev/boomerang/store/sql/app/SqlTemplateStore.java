// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.app;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import dev.boomerang.port.TemplateStore;
import dev.boomerang.store.sql.codec.ContentCodec;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.AppLock;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

public final class SqlTemplateStore implements TemplateStore {
  private static final String SELECT =
      "SELECT id, app, name, description, variables, content, created_at, changed_at"
          + " FROM templates WHERE app = ?";

  private static final String ADD =
      "INSERT INTO templates (id, app, name, description, variables, content, created_at,"
          + " changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (app, name) DO NOTHING";

  private static final String LIST = SELECT + " ORDER BY id DESC" + Tables.LIMIT + " OFFSET ? + 0";
  private static final String COUNT = "SELECT count(*) AS templates FROM templates WHERE app = ?";

  private record Adding(Template template, int most) {}

  private record Name(AppId app, TemplateId id) {}

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final AppLock appLock;
  private final WriteHandler<Adding, AddResult> add = WriteHandler.each(this::add);
  private final WriteHandler<Name, Boolean> remove = WriteHandler.each(SqlTemplateStore::remove);

  public SqlTemplateStore(QueryRunner queryRunner, Writer writer, AppLock appLock) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.appLock = appLock;
  }

  @Override
  public AddResult add(Template template, int most) {
    return writer.submit(add, new Adding(template, most), 1);
  }

  private AddResult add(SqlSession session, Adding adding) throws SQLException {
    Template template = adding.template();
    appLock.acquire(session, template.app());
    if (named(session, template.app(), template.name()).isPresent()) {
      return AddResult.NAME_TAKEN;
    }
    if (count(session, template.app()) >= adding.most()) {
      return AddResult.TOO_MANY;
    }
    session.update(
        ADD,
        template.id().value(),
        template.app().value(),
        template.name(),
        template.description(),
        template.variables(),
        ContentCodec.write(template.notification()),
        template.createdAt().toEpochMilli(),
        template.changedAt().toEpochMilli());
    return AddResult.DONE;
  }

  @Override
  public Optional<Template> find(AppId app, TemplateId id) {
    return queryRunner.read(
        session ->
            session.first(
                SELECT + " AND id = ?", SqlTemplateStore::template, app.value(), id.value()));
  }

  @Override
  public Optional<Template> findByName(AppId app, String name) {
    return queryRunner.read(session -> named(session, app, name));
  }

  private static Optional<Template> named(SqlSession session, AppId app, String name)
      throws SQLException {
    return session.first(SELECT + " AND name = ?", SqlTemplateStore::template, app.value(), name);
  }

  @Override
  public List<Template> list(AppId app, int skip, int limit) {
    return queryRunner.read(
        session -> session.query(LIST, SqlTemplateStore::template, app.value(), limit, skip));
  }

  @Override
  public int count(AppId app) {
    return queryRunner.read(session -> count(session, app));
  }

  private static int count(SqlSession session, AppId app) throws SQLException {
    return session.first(COUNT, row -> row.getInt("templates"), app.value()).orElse(0);
  }

  @Override
  public boolean remove(AppId app, TemplateId id) {
    return writer.submit(remove, new Name(app, id), 1);
  }

  private static boolean remove(SqlSession session, Name name) throws SQLException {
    return session.update(
            "DELETE FROM templates WHERE app = ? AND id = ?", name.app().value(), name.id().value())
        == 1;
  }

  private static Template template(Row row) throws SQLException {
    if (ContentCodec.read(row.getString("content")) instanceof Content.Notification notification) {
      return new Template(
          new TemplateId(row.getLong("id")),
          new AppId(row.getString("app")),
          row.getString("name"),
          row.getString("description"),
          row.getString("variables"),
          notification,
          row.getInstant("created_at"),
          row.getInstant("changed_at"));
    }
    throw new IllegalStateException("a stored template is no notification");
  }
}
