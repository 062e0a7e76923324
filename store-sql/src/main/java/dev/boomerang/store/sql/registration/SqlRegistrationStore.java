// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.RegistrationStore;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
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
import java.util.stream.Stream;

public final class SqlRegistrationStore implements RegistrationStore {
  private static final String SELECT = Tables.selectFrom(Tables.REGISTRATIONS);

  private static final String OF_DEVICE = SELECT + " WHERE app = ? AND device_id = ?";

  private static final String REPLACE =
      "UPDATE registrations SET "
          + RegistrationRows.CHANGEABLE.stream()
              .map(column -> column + " = ?")
              .collect(Collectors.joining(", "))
          + ", seen_at = CASE WHEN seen_at < ? THEN ? ELSE seen_at END"
          + " WHERE id = ? AND app = ? AND version = ?";

  private static final String HAS_REMOVED =
      "SELECT 1 FROM removed_registrations WHERE removed_at < ?" + Tables.LIMIT;

  private static final String CLEAR_REMOVED =
      "DELETE FROM removed_registrations WHERE id IN (SELECT id FROM removed_registrations"
          + " WHERE removed_at < ? ORDER BY removed_at"
          + Tables.LIMIT
          + ")";

  private static final String JOINED =
      "SELECT platform, count(*) AS registrations FROM registrations"
          + " WHERE app = ? AND created_at >= ? AND created_at < ? GROUP BY platform";

  private static final String SEEN =
      "UPDATE registrations SET seen_at = ? WHERE id = ? AND seen_at < ?";

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final BatchSql batchSql;
  private final WriteHandler<Registration, Registration> add = indexed(this::add);
  private final SegmentIndex segmentIndex;
  private final WriteHandler<Registration, Boolean> replace = indexed(this::replace);
  private final WriteHandler<HandOver, Boolean> handOver = indexed(this::handOver);
  private final WriteHandler<Removal, Boolean> remove = indexed(this::remove);
  private final WriteHandler<ClearRemoved, Integer> clearRemoved =
      WriteHandler.each(SqlRegistrationStore::clearRemoved);
  private final WriteHandler<List<Object[]>, Integer> seen =
      WriteHandler.each(SqlRegistrationStore::seen);

  public SqlRegistrationStore(QueryRunner queryRunner, Writer writer, BatchSql batchSql) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.batchSql = batchSql;
    this.segmentIndex = new SegmentIndex(batchSql);
  }

  private record HandOver(Registration former, Registration taker) {}

  @FunctionalInterface
  private interface Indexing<C, R> {
    R run(SqlSession session, C command, SegmentIndex.Changes changes) throws SQLException;
  }

  /// Returns a handler of writes that change the segment index, which is written once for all
  /// commands of a group.
  private <C, R> WriteHandler<C, R> indexed(Indexing<C, R> one) {
    return (session, commands) -> {
      SegmentIndex.Changes changes = segmentIndex.changes();
      var answers = new ArrayList<R>(commands.size());
      for (C command : commands) {
        answers.add(one.run(session, command, changes));
      }
      changes.write(session);
      return answers;
    };
  }

  @Override
  public Registration add(Registration registration) {
    return writer.submit(add, registration, 1);
  }

  /// Looks before it writes; a racer who comes between is met by the unique index.
  private Registration add(
      SqlSession session, Registration registration, SegmentIndex.Changes changes)
      throws SQLException {
    Optional<Registration> same = sameDevice(session, registration);
    if (same.isEmpty()) {
      int number = (int) number(session);
      batchSql.insert(
          session,
          Tables.REGISTRATIONS,
          List.<Object[]>of(RegistrationRows.row(registration, number)));
      changes.add(registration.app(), number, Set.of(), SegmentIndex.termsOf(registration));
    }
    return same.orElse(registration);
  }

  /// Returns the next number; a concurrent writer waits for this transaction.
  private static long number(SqlSession session) throws SQLException {
    session.update("UPDATE counters SET value = value + 1 WHERE name = 'registration'");
    return session
        .first(
            "SELECT value FROM counters WHERE name = 'registration'", row -> row.getLong("value"))
        .orElseThrow();
  }

  private static Optional<Registration> sameDevice(SqlSession session, Registration registration)
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

  @Override
  public boolean handOver(Registration former, Registration taker) {
    return writer.submit(handOver, new HandOver(former, taker), 2);
  }

  /// Looks at both before it writes either: one command of a group cannot be rolled back alone.
  private boolean handOver(SqlSession session, HandOver command, SegmentIndex.Changes changes)
      throws SQLException {
    Registration former = command.former();
    Registration taker = command.taker();
    Map<RegistrationId, Registration> stored = locked(session, former.id(), taker.id());
    Optional<Registration> holder = sameDevice(session, taker);
    boolean isThirds =
        holder
            .filter(it -> !it.id().equals(former.id()) && !it.id().equals(taker.id()))
            .isPresent();
    if (isThirds
        || !isNext(Optional.ofNullable(stored.get(former.id())), former)
        || (stored.containsKey(taker.id())
            && !isNext(Optional.ofNullable(stored.get(taker.id())), taker))) {
      return false;
    }
    replace(session, former, changes);
    return stored.containsKey(taker.id())
        ? replace(session, taker, changes)
        : add(session, taker, changes).id().equals(taker.id());
  }

  private Map<RegistrationId, Registration> locked(
      SqlSession session, RegistrationId one, RegistrationId other) throws SQLException {
    List<Object[]> ids =
        Stream.of(one.value(), other.value())
            .sorted()
            .distinct()
            .map(id -> new Object[] {id})
            .toList();
    return batchSql
        .lock(session, Tables.REGISTRATIONS, List.of("id"), ids, RegistrationRows::registration)
        .stream()
        .collect(Collectors.toMap(Registration::id, it -> it));
  }

  private static boolean isNext(Optional<Registration> stored, Registration changed) {
    return stored
        .filter(it -> it.app().equals(changed.app()) && it.version() == changed.version() - 1)
        .isPresent();
  }

  private boolean replace(SqlSession session, Registration changed, SegmentIndex.Changes changes)
      throws SQLException {
    if (sameDevice(session, changed).filter(it -> !it.id().equals(changed.id())).isPresent()) {
      return false;
    }
    Optional<Indexed> before = indexed(session, changed.id());
    var arguments = new ArrayList<>(Arrays.asList(RegistrationRows.changeable(changed)));
    arguments.add(changed.seenAt().toEpochMilli());
    arguments.add(changed.seenAt().toEpochMilli());
    arguments.add(changed.id().value());
    arguments.add(changed.app().value());
    arguments.add(changed.version() - 1);
    boolean done = session.update(REPLACE, arguments.toArray()) == 1;
    if (done && before.isPresent()) {
      changes.add(
          changed.app(),
          before.get().number(),
          SegmentIndex.termsOf(before.get().registration()),
          SegmentIndex.termsOf(changed));
    }
    return done;
  }

  /// Holds a registration with its number in the segment index.
  private record Indexed(Registration registration, int number) {}

  /// Reads and locks a registration, so that two changes of it do not both start from the same
  /// terms.
  private Optional<Indexed> indexed(SqlSession session, RegistrationId id) throws SQLException {
    return batchSql
        .lock(
            session,
            Tables.REGISTRATIONS,
            List.of("id"),
            List.<Object[]>of(new Object[] {id.value()}),
            row -> new Indexed(RegistrationRows.registration(row), row.getInt("number")))
        .stream()
        .findFirst();
  }

  private record Removal(RegistrationId id, Instant at) {}

  private record ClearRemoved(Instant limit, int count) {}

  @Override
  public boolean remove(RegistrationId id, Instant at) {
    return writer.submit(remove, new Removal(id, at), 1);
  }

  private boolean remove(SqlSession session, Removal removal, SegmentIndex.Changes changes)
      throws SQLException {
    Optional<Indexed> before = indexed(session, removal.id());
    if (before.isEmpty()) {
      return false;
    }
    Registration gone = before.get().registration();
    changes.add(gone.app(), before.get().number(), SegmentIndex.termsOf(gone), Set.of());
    batchSql.insert(
        session,
        Tables.REMOVED_REGISTRATIONS,
        List.<Object[]>of(
            new Object[] {gone.id().value(), gone.app().value(), removal.at().toEpochMilli()}));
    return session.update("DELETE FROM registrations WHERE id = ?", gone.id().value()) == 1;
  }

  @Override
  public Set<RegistrationId> removed(AppId app, Collection<RegistrationId> ids) {
    List<Object[]> values =
        ids.stream().distinct().map(id -> new Object[] {app.value(), id.value()}).toList();
    return values.isEmpty()
        ? Set.of()
        : Set.copyOf(
            queryRunner.read(
                session ->
                    batchSql.select(
                        session,
                        Tables.REMOVED_REGISTRATIONS,
                        List.of("app", "id"),
                        values,
                        row -> new RegistrationId(row.getString("id")))));
  }

  @Override
  public int clearRemoved(Instant limit, int count) {
    boolean any =
        queryRunner
            .read(session -> session.first(HAS_REMOVED, _ -> true, limit.toEpochMilli(), 1))
            .isPresent();
    return any ? writer.submit(clearRemoved, new ClearRemoved(limit, count), count) : 0;
  }

  private static int clearRemoved(SqlSession session, ClearRemoved which) throws SQLException {
    return session.update(CLEAR_REMOVED, which.limit().toEpochMilli(), which.count());
  }

  @Override
  public Optional<Registration> find(RegistrationId id) {
    return queryRunner.read(
        session ->
            session.first(SELECT + " WHERE id = ?", RegistrationRows::registration, id.value()));
  }

  @Override
  public List<Registration> findByTarget(
      AppId app, Audience.TargetKind targetKind, Collection<String> names) {
    List<Object[]> values =
        names.stream().distinct().map(name -> new Object[] {app.value(), name}).toList();
    return switch (targetKind) {
      case REGISTRATION -> named(values, "id");
      case DEVICE -> named(values, "device_id", "id");
      case USER -> named(values, "user_id");
      case ALIAS -> named(values, "alias");
    };
  }

  private List<Registration> named(List<Object[]> values, String... columns) {
    var found = new LinkedHashMap<RegistrationId, Registration>();
    return queryRunner.read(
        session -> {
          for (String column : columns) {
            batchSql
                .select(
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

  private record Joined(Platform platform, int count) {}

  @Override
  public Map<Platform, Integer> countRegistered(AppId app, Instant from, Instant to) {
    return queryRunner
        .read(
            session ->
                session.query(
                    JOINED,
                    row ->
                        new Joined(
                            Platform.parse(row.getString("platform")).orElseThrow(),
                            row.getInt("registrations")),
                    app.value(),
                    from.toEpochMilli(),
                    to.toEpochMilli()))
        .stream()
        .collect(Collectors.toMap(Joined::platform, Joined::count));
  }

  @Override
  public void updateLastSeen(Map<RegistrationId, Instant> lastSeen) {
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

  private static int seen(SqlSession session, List<Object[]> rows) throws SQLException {
    session.updateEach(SEEN, rows);
    return rows.size();
  }
}
