// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.app;

import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.port.AppStore;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

public final class SqlAppStore implements AppStore {
  private static final String SELECT =
      "SELECT id, workspace_id, name, created_at, identity_mode FROM apps";
  private static final String KEY =
      "SELECT kind, id, app, sealed, active FROM app_keys WHERE kind = ? AND id = ?";

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final WriteHandler<NewApp, Boolean> add = WriteHandler.each(SqlAppStore::add);
  private final WriteHandler<IdentityChange, Boolean> setIdentity =
      WriteHandler.each(SqlAppStore::setIdentity);
  private final WriteHandler<Activation, Boolean> activate =
      WriteHandler.each(SqlAppStore::activate);

  public SqlAppStore(QueryRunner queryRunner, Writer writer) {
    this.queryRunner = queryRunner;
    this.writer = writer;
  }

  private record NewApp(App app, List<StoredKey> keys) {}

  private record IdentityChange(AppId app, IdentityMode mode, List<StoredKey> keys) {}

  private record Activation(KeyKind kind, String id, boolean active) {}

  @Override
  public boolean add(App app, List<StoredKey> keys) {
    return writer.submit(add, new NewApp(app, List.copyOf(keys)), 1 + keys.size());
  }

  /// Looks before it writes; a racer who comes between is met by the primary keys.
  private static boolean add(SqlSession session, NewApp command) throws SQLException {
    App app = command.app();
    var names = new HashSet<List<String>>();
    boolean taken = find(session, app.id()).isPresent();
    for (StoredKey key : command.keys()) {
      taken |= !names.add(List.of(key.kind().name(), key.id()));
      taken |= key(session, key.kind(), key.id()).isPresent();
    }
    if (taken) {
      return false;
    }
    session.update(
        "INSERT INTO apps (id, workspace_id, name, created_at, identity_mode)"
            + " VALUES (?, ?, ?, ?, ?)",
        app.id().value(),
        app.workspaceId(),
        app.name(),
        app.createdAt().toEpochMilli(),
        app.identityMode().wire());
    for (StoredKey key : command.keys()) {
      insert(session, key);
    }
    return true;
  }

  private static void insert(SqlSession session, StoredKey key) throws SQLException {
    session.update(
        "INSERT INTO app_keys (kind, id, app, sealed, active) VALUES (?, ?, ?, ?, ?)",
        key.kind().name(),
        key.id(),
        key.app().value(),
        key.sealed(),
        key.active() ? 1 : 0);
  }

  @Override
  public boolean setIdentity(AppId app, IdentityMode mode, List<StoredKey> keys) {
    return writer.submit(
        setIdentity, new IdentityChange(app, mode, List.copyOf(keys)), 1 + keys.size());
  }

  /// The app's row is written first, so that two changes of one app take turns.
  private static boolean setIdentity(SqlSession session, IdentityChange command)
      throws SQLException {
    boolean found =
        session.update(
                "UPDATE apps SET identity_mode = ? WHERE id = ?",
                command.mode().wire(),
                command.app().value())
            == 1;
    if (found) {
      for (StoredKey key : command.keys()) {
        session.update(
            "DELETE FROM app_keys WHERE kind = ? AND id = ?", key.kind().name(), key.id());
        insert(session, key);
      }
    }
    return found;
  }

  @Override
  public Optional<App> find(AppId id) {
    return queryRunner.read(session -> find(session, id));
  }

  private static Optional<App> find(SqlSession session, AppId id) throws SQLException {
    return session.first(SELECT + " WHERE id = ?", SqlAppStore::app, id.value());
  }

  @Override
  public List<App> all() {
    return queryRunner.read(session -> session.query(SELECT + " ORDER BY id", SqlAppStore::app));
  }

  @Override
  public Optional<StoredKey> key(KeyKind kind, String id) {
    return queryRunner.read(session -> key(session, kind, id));
  }

  private static Optional<StoredKey> key(SqlSession session, KeyKind kind, String id)
      throws SQLException {
    return session.first(KEY, SqlAppStore::storedKey, kind.name(), id);
  }

  @Override
  public boolean activate(KeyKind kind, String id, boolean active) {
    return writer.submit(activate, new Activation(kind, id, active), 1);
  }

  private static boolean activate(SqlSession session, Activation command) throws SQLException {
    return session.update(
            "UPDATE app_keys SET active = ? WHERE kind = ? AND id = ?",
            command.active() ? 1 : 0,
            command.kind().name(),
            command.id())
        == 1;
  }

  private static App app(Row row) throws SQLException {
    return new App(
        new AppId(row.getString("id")),
        row.getString("workspace_id"),
        row.getString("name"),
        row.getInstant("created_at"),
        IdentityMode.parse(row.getString("identity_mode")).orElseThrow());
  }

  private static StoredKey storedKey(Row row) throws SQLException {
    return new StoredKey(
        new KeyKind(row.getString("kind")),
        row.getString("id"),
        new AppId(row.getString("app")),
        row.getString("sealed"),
        row.getFlag("active"));
  }
}
