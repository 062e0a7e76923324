// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.app;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Document;
import dev.boomerang.port.DocumentStore;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.util.Optional;

public final class SqlDocumentStore implements DocumentStore {
  private static final String FIND =
      "SELECT content, version FROM documents WHERE app = ? AND name = ?";

  private static final String FIRST =
      "INSERT INTO documents (app, name, content, version) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (app, name) DO NOTHING";

  private static final String NEXT =
      "UPDATE documents SET content = ?, version = ? WHERE app = ? AND name = ? AND version = ?";

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final WriteHandler<Document, Boolean> replace =
      WriteHandler.each(SqlDocumentStore::replace);

  public SqlDocumentStore(QueryRunner queryRunner, Writer writer) {
    this.queryRunner = queryRunner;
    this.writer = writer;
  }

  @Override
  public Optional<Document> find(AppId app, String name) {
    return queryRunner.read(
        session ->
            session.first(
                FIND,
                row -> new Document(app, name, row.getString("content"), row.getLong("version")),
                app.value(),
                name));
  }

  @Override
  public boolean replace(Document changed) {
    return writer.submit(replace, changed, 1);
  }

  private static boolean replace(SqlSession session, Document to) throws SQLException {
    long before = to.version() - 1;
    int rows =
        before == 0
            ? session.update(FIRST, to.app().value(), to.name(), to.text(), to.version())
            : session.update(NEXT, to.text(), to.version(), to.app().value(), to.name(), before);
    return rows == 1;
  }
}
