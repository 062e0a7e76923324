// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.migration;

import dev.boomerang.model.text.Digests;
import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.jdbc.Database;
import dev.boomerang.store.sql.jdbc.SqlErrors;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.transaction.Transactions;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Brings a database to the present schema, step by step, each in a transaction of its own, and
/// keeps with each the checksum of its statements. A database that other statements made is
/// refused: what this program would read there, nobody knows.
///
/// `{long}`, `{key}`, `{bytes}` and `{clustered}` stand for the database's
/// [Database.SchemaPlaceholder]s.
public final class SchemaMigration {
  private static final List<List<String>> STEPS = List.of(SchemaSteps.FIRST);

  private final Database database;
  private final List<List<String>> steps;

  public SchemaMigration(Database database) {
    this(database, STEPS);
  }

  /// Migrates with other steps than this program's.
  SchemaMigration(Database database, List<List<String>> steps) {
    this.database = database;
    this.steps = steps;
  }

  /// Throws [StoreException] for a database that a newer program has been at, or another one.
  public void migrate() {
    try {
      var transactions = new Transactions(database);
      boolean behind = true;
      while (behind) {
        behind = transactions.write(this::takeStep);
      }
    } catch (SQLException e) {
      throw new StoreException(
          SqlErrors.failureOf(e), "cannot prepare the schema: " + e.getMessage(), e);
    }
  }

  /// Applies the next step, once those applied are found to be ours. Returns false if there is
  /// none.
  private boolean takeStep(SqlSession session) throws SQLException {
    database.lockSchema(session);
    session.execute("CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)");
    session.execute(
        spelled(
            "CREATE TABLE IF NOT EXISTS schema_steps"
                + " (step integer PRIMARY KEY, checksum {key} NOT NULL)"));
    int version =
        session.first("SELECT version FROM schema_version", row -> row.getInt("version")).orElse(0);
    check(session, version);
    if (version == steps.size()) {
      return false;
    }
    for (String statement : steps.get(version)) {
      session.execute(spelled(statement));
    }
    int taken = version + 1;
    session.update("DELETE FROM schema_version");
    session.update("INSERT INTO schema_version VALUES (?)", taken);
    session.update("INSERT INTO schema_steps VALUES (?, ?)", taken, checksum(taken));
    return true;
  }

  private void check(SqlSession session, int version) throws SQLException {
    if (version > steps.size()) {
      throw new SQLException(
          "it has version "
              + version
              + ", this program knows "
              + steps.size()
              + "; use the newer program or restore a backup");
    }
    for (int step = 1; step <= version; step++) {
      Optional<String> kept =
          session.first(
              "SELECT checksum FROM schema_steps WHERE step = ?",
              row -> row.getString("checksum"),
              step);
      if (kept.isEmpty()) {
        throw new SQLException(
            "step "
                + step
                + " has no checksum: a build from before 0.1.0 made it, and its data cannot be"
                + " taken over; begin with an empty store");
      }
      if (!kept.get().equals(checksum(step))) {
        throw new SQLException(
            "step "
                + step
                + " was made by other statements than this program's (checksum "
                + kept.get()
                + ", here "
                + checksum(step)
                + "); use the program that made it");
      }
    }
  }

  /// Returns the SHA-256 of a step's statements as this database is given them. How they are
  /// indented and broken into lines does not count.
  private String checksum(int step) {
    String text =
        steps.get(step - 1).stream()
            .map(statement -> spelled(statement).strip().replaceAll("\\s+", " "))
            .collect(Collectors.joining(";\n"));
    return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String spelled(String statement) {
    return statement
        .replace("{long}", database.spelling(Database.SchemaPlaceholder.LONG))
        .replace("{bytes}", database.spelling(Database.SchemaPlaceholder.BYTES))
        .replace("{key}", database.spelling(Database.SchemaPlaceholder.KEY))
        .replace("{clustered}", database.spelling(Database.SchemaPlaceholder.CLUSTERED));
  }
}
