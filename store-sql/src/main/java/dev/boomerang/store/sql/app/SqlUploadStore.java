// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.app;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import dev.boomerang.port.UploadStore;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.AppLock;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

public final class SqlUploadStore implements UploadStore {
  private static final String SELECT =
      "SELECT app, id, kind, name, created_at, expires_at FROM uploads";

  private static final String ONE = " WHERE app = ? AND id = ? AND expires_at > ?";

  private static final String LIST =
      SELECT + " WHERE app = ? AND expires_at > ? ORDER BY created_at, id";

  private static final String OTHERS =
      "SELECT count(*) AS uploads FROM uploads WHERE app = ? AND kind = ? AND id <> ? AND"
          + " expires_at > ?";

  private static final String REMOVE = "DELETE FROM uploads WHERE app = ? AND id = ?";

  private static final String ADD =
      "INSERT INTO uploads (app, id, kind, name, created_at, expires_at, content)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  private static final String OLD =
      SELECT + " WHERE expires_at <= ? ORDER BY expires_at" + Tables.LIMIT;

  private record Putting(Upload upload, String content, Instant now, int most) {}

  private record Name(AppId app, String id) {}

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final AppLock appLock;
  private final WriteHandler<Putting, Boolean> put = WriteHandler.each(this::put);
  private final WriteHandler<Name, Boolean> remove = WriteHandler.each(SqlUploadStore::remove);

  public SqlUploadStore(QueryRunner queryRunner, Writer writer, AppLock appLock) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.appLock = appLock;
  }

  @Override
  public boolean put(Upload upload, String content, Instant now, int most) {
    return writer.submit(put, new Putting(upload, content, now, most), 1);
  }

  private boolean put(SqlSession session, Putting putting) throws SQLException {
    Upload upload = putting.upload();
    appLock.acquire(session, upload.app());
    int others =
        session
            .first(
                OTHERS,
                row -> row.getInt("uploads"),
                upload.app().value(),
                upload.kind().wire(),
                upload.id(),
                putting.now().toEpochMilli())
            .orElse(0);
    if (others >= putting.most()) {
      return false;
    }
    remove(session, new Name(upload.app(), upload.id()));
    session.update(
        ADD,
        upload.app().value(),
        upload.id(),
        upload.kind().wire(),
        upload.name(),
        upload.createdAt().toEpochMilli(),
        upload.expiresAt().toEpochMilli(),
        putting.content());
    return true;
  }

  @Override
  public Optional<Upload> find(AppId app, String id, Instant now) {
    return queryRunner.read(
        session ->
            session.first(
                SELECT + ONE, SqlUploadStore::upload, app.value(), id, now.toEpochMilli()));
  }

  @Override
  public Optional<String> content(AppId app, String id, Instant now) {
    return queryRunner.read(
        session ->
            session.first(
                "SELECT content FROM uploads" + ONE,
                row -> row.getString("content"),
                app.value(),
                id,
                now.toEpochMilli()));
  }

  @Override
  public List<Upload> list(AppId app, Instant now) {
    return queryRunner.read(
        session -> session.query(LIST, SqlUploadStore::upload, app.value(), now.toEpochMilli()));
  }

  @Override
  public boolean remove(AppId app, String id) {
    return writer.submit(remove, new Name(app, id), 1);
  }

  private static boolean remove(SqlSession session, Name name) throws SQLException {
    return session.update(REMOVE, name.app().value(), name.id()) == 1;
  }

  @Override
  public int purge(Instant now, int count) {
    List<Upload> old =
        queryRunner.read(
            session -> session.query(OLD, SqlUploadStore::upload, now.toEpochMilli(), count));
    return (int) old.stream().filter(it -> remove(it.app(), it.id())).count();
  }

  private static Upload upload(Row row) throws SQLException {
    return new Upload(
        row.getString("id"),
        new AppId(row.getString("app")),
        Upload.Kind.parse(row.getString("kind")).orElseThrow(),
        row.getString("name"),
        row.getInstant("created_at"),
        row.getInstant("expires_at"));
  }
}
