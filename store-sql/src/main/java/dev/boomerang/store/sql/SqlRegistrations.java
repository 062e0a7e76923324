// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.port.RegistrationStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

final class SqlRegistrations implements RegistrationStore {
  private static final String SELECT = Tables.selectFrom(Tables.REGISTRATIONS);

  private static final String OF_ID = SELECT + " WHERE id = ?";

  private static final String UNTAG =
      "DELETE FROM registration_tags WHERE app = ? AND tag = ? AND registration_id = ?";

  private static final String TAGGED =
      "SELECT "
          + Tables.qualified(Tables.REGISTRATIONS)
          + " FROM registration_tags JOIN registrations ON registrations.id = registration_id"
          + " WHERE registration_tags.app = ? AND tag = ? AND registration_id > ?"
          + " ORDER BY registration_id"
          + Tables.LIMIT;

  /// Each step goes to the next tag by the primary key: the cost is that of the tags, not of the
  /// registrations that have them.
  private static final String ALL_TAGS =
      "WITH RECURSIVE found(tag) AS ("
          + "SELECT (SELECT min(tag) FROM registration_tags WHERE app = ?)"
          + " UNION ALL"
          + " SELECT (SELECT min(t.tag) FROM registration_tags t WHERE t.app = ? AND t.tag > found.tag)"
          + " FROM found WHERE found.tag IS NOT NULL)"
          + " SELECT tag FROM found WHERE tag IS NOT NULL ORDER BY tag"
          + Tables.LIMIT;

  private static final String OF_DEVICE = SELECT + " WHERE app = ? AND device_id = ?";

  private static final String REPLACE =
      "UPDATE registrations SET "
          + RegistrationRows.CHANGEABLE.stream()
              .map(column -> column + " = ?")
              .collect(Collectors.joining(", "))
          + ", seen_at = CASE WHEN seen_at < ? THEN ? ELSE seen_at END"
          + " WHERE id = ? AND app = ? AND version = ?";

  private static final String SEEN =
      "UPDATE registrations SET seen_at = ? WHERE id = ? AND seen_at < ?";

  private final Reader reader;
  private final Writer writer;
  private final Bulk bulk;
  private final Write<Registration, Registration> add = Write.each(this::add);
  private final Write<Registration, Boolean> replace = Write.each(this::replace);
  private final Write<RegistrationId, Boolean> remove = Write.each(SqlRegistrations::remove);
  private final Write<List<Object[]>, Integer> seen = Write.each(SqlRegistrations::seen);

  SqlRegistrations(Reader reader, Writer writer, Bulk bulk) {
    this.reader = reader;
    this.writer = writer;
    this.bulk = bulk;
  }

  @Override
  public Registration add(Registration registration) {
    return writer.submit(add, registration, 1);
  }

  /// Looks before it writes; a racer who comes between is met by the unique index.
  private Registration add(Session session, Registration registration) throws SQLException {
    Optional<Registration> same = sameDevice(session, registration);
    if (same.isEmpty()) {
      bulk.insert(
          session, Tables.REGISTRATIONS, List.<Object[]>of(RegistrationRows.row(registration, number(session))));
      tag(session, registration, registration.profile().tags());
    }
    return same.orElse(registration);
  }

  /// The next number; a racer waits for this transaction.
  private static long number(Session session) throws SQLException {
    session.update("UPDATE counters SET value = value + 1 WHERE name = 'registration'");
    return session
        .first("SELECT value FROM counters WHERE name = 'registration'", row -> row.getLong(1))
        .orElseThrow();
  }

  private static Optional<Registration> sameDevice(Session session, Registration registration)
      throws SQLException {
    Optional<String> device = registration.device().deviceId();
    return device.isEmpty()
        ? Optional.empty()
        : session.first(
            OF_DEVICE, RegistrationRows::registration, registration.app().value(), device.get());
  }

  @Override
  public boolean replace(Registration changed) {
    return writer.submit(replace, changed, 1);
  }

  private boolean replace(Session session, Registration changed) throws SQLException {
    if (sameDevice(session, changed).filter(it -> !it.id().equals(changed.id())).isPresent()) {
      return false;
    }
    Set<String> tagsBefore = tags(session, changed.id());
    var arguments = new ArrayList<>(Arrays.asList(RegistrationRows.changeable(changed)));
    arguments.add(changed.seenAt().toEpochMilli());
    arguments.add(changed.seenAt().toEpochMilli());
    arguments.add(changed.id().value());
    arguments.add(changed.app().value());
    arguments.add(changed.version() - 1);
    if (session.update(REPLACE, arguments.toArray()) != 1) {
      return false;
    }
    Set<String> tags = changed.profile().tags();
    untag(session, changed.app(), changed.id(), without(tagsBefore, tags));
    tag(session, changed, without(tags, tagsBefore));
    return true;
  }

  /// The tags of the stored version; what a racer changes in between is refused by its version.
  private static Set<String> tags(Session session, RegistrationId id) throws SQLException {
    return session
        .first(OF_ID, RegistrationRows::registration, id.value())
        .map(stored -> stored.profile().tags())
        .orElse(Set.of());
  }

  private static List<String> without(Set<String> some, Set<String> others) {
    return some.stream().filter(tag -> !others.contains(tag)).sorted().toList();
  }

  private void tag(Session session, Registration registration, Collection<String> tags)
      throws SQLException {
    if (!tags.isEmpty()) {
      bulk.insert(
          session, Tables.TAGS, tagRows(registration.app(), registration.id(), tags));
    }
  }

  private static void untag(
      Session session, AppId app, RegistrationId id, Collection<String> tags) throws SQLException {
    if (!tags.isEmpty()) {
      session.updateEach(UNTAG, tagRows(app, id, tags));
    }
  }

  private static List<Object[]> tagRows(AppId app, RegistrationId id, Collection<String> tags) {
    return tags.stream()
        .sorted()
        .map(tag -> new Object[] {app.value(), tag, id.value()})
        .toList();
  }

  @Override
  public boolean remove(RegistrationId id) {
    return writer.submit(remove, id, 1);
  }

  private static boolean remove(Session session, RegistrationId id) throws SQLException {
    Optional<Registration> stored =
        session.first(OF_ID, RegistrationRows::registration, id.value());
    if (stored.isEmpty()
        || session.update("DELETE FROM registrations WHERE id = ?", id.value()) != 1) {
      return false;
    }
    untag(session, stored.get().app(), id, stored.get().profile().tags());
    return true;
  }

  @Override
  public Optional<Registration> find(RegistrationId id) {
    return reader.read(
        session ->
            session.first(OF_ID, RegistrationRows::registration, id.value()));
  }

  @Override
  public List<Registration> named(AppId app, Audience.By by, Collection<String> names) {
    List<Object[]> values =
        names.stream().distinct().map(name -> new Object[] {app.value(), name}).toList();
    return switch (by) {
      case REGISTRATION -> named(values, "id");
      case DEVICE -> named(values, "device_id", "id");
      case USER -> named(values, "user_id");
      case ALIAS -> named(values, "alias");
    };
  }

  private List<Registration> named(List<Object[]> values, String... columns) {
    var found = new LinkedHashMap<RegistrationId, Registration>();
    return reader.read(
        session -> {
          for (String column : columns) {
            bulk.select(
                    session,
                    Tables.REGISTRATIONS,
                    List.of("app", column),
                    values,
                    RegistrationRows::registration)
                .forEach(registration -> found.put(registration.id(), registration));
          }
          return List.copyOf(found.values());
        });
  }

  @Override
  public List<Registration> tagged(AppId app, String tag, String after, int limit) {
    return reader.read(
        session ->
            session.query(
                TAGGED, RegistrationRows::registration, app.value(), tag, after, limit));
  }

  @Override
  public List<String> tags(AppId app, int limit) {
    return reader.read(
        session ->
            session.query(ALL_TAGS, row -> row.getString(1), app.value(), app.value(), limit));
  }

  @Override
  public void seen(Map<RegistrationId, Instant> lastSeen) {
    if (!lastSeen.isEmpty()) {
      List<Object[]> rows =
          lastSeen.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(
                  entry -> {
                    Long at = entry.getValue().toEpochMilli();
                    return new Object[] {at, entry.getKey().value(), at};
                  })
              .toList();
      writer.submit(seen, rows, rows.size());
    }
  }

  private static int seen(Session session, List<Object[]> rows) throws SQLException {
    session.updateEach(SEEN, rows);
    return rows.size();
  }
}
