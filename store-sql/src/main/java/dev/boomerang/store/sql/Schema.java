// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.port.StoreException;
import java.sql.SQLException;
import java.util.List;

/// Brings a database to the present schema, step by step, each in a transaction of its own. A step,
/// once released, is never edited: a change is a new step.
///
/// `{long}`, `{key}`, `{bytes}` and `{clustered}` stand for the database's [Database.SchemaWord]s.
final class Schema {
  private static final List<List<String>> STEPS = List.of(SchemaSteps.FIRST);

  private final Database database;

  Schema(Database database) {
    this.database = database;
  }

  /// Refuses a database that a newer program has been at.
  void bringUp() {
    try {
      Session session = database.writers().take();
      try {
        bringUp(session);
      } finally {
        session.connection().rollback();
        database.writers().giveBack(session);
      }
    } catch (SQLException e) {
      throw new StoreException("cannot prepare the schema: " + e.getMessage(), e);
    }
  }

  private void bringUp(Session session) throws SQLException {
    for (int version = lockedVersion(session);
        version < STEPS.size();
        version = lockedVersion(session)) {
      for (String statement : STEPS.get(version)) {
        session.execute(spelled(statement));
      }
      session.update("UPDATE schema_version SET version = ?", version + 1);
      session.connection().commit();
    }
  }

  private int lockedVersion(Session session) throws SQLException {
    database.lockSchema(session);
    session.execute("CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)");
    int version =
        session.first("SELECT version FROM schema_version", row -> row.getInt(1)).orElse(0);
    if (version > STEPS.size()) {
      throw new SQLException(
          "it has version "
              + version
              + ", this program knows "
              + STEPS.size()
              + "; use the newer program or restore a backup");
    }
    session.update(
        "INSERT INTO schema_version SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)");
    return version;
  }

  private String spelled(String statement) {
    return statement
        .replace("{long}", database.word(Database.SchemaWord.LONG))
        .replace("{bytes}", database.word(Database.SchemaWord.BYTES))
        .replace("{key}", database.word(Database.SchemaWord.KEY))
        .replace("{clustered}", database.word(Database.SchemaWord.CLUSTERED));
  }
}
