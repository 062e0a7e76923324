// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.port.ScheduleStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class SqlSchedules implements ScheduleStore {
  private static final String ADD =
      "INSERT INTO schedules (id, app, push, cyclic, created_at) VALUES (?, ?, ?, ?, ?)";

  private static final String ADD_OCCURRENCE =
      "INSERT INTO occurrences (id, schedule_id, app, due_at, fate, detail)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private static final String PENDING =
      "SELECT count(DISTINCT schedule_id) FROM occurrences WHERE app = ? AND fate = 'pending'";

  private static final String SCHEDULE =
      "SELECT id, app, push, cyclic, created_at FROM schedules WHERE app = ? AND id = ?";

  private static final String PLANNED =
      "SELECT schedules.id, schedules.app, push, cyclic, created_at,"
          + " occurrences.id, due_at, fate, detail"
          + " FROM occurrences JOIN schedules ON schedules.id = occurrences.schedule_id";

  private static final String OF_SCHEDULE =
      PLANNED + " WHERE occurrences.schedule_id = ? AND occurrences.app = ? ORDER BY due_at";

  private static final String OCCURRENCE =
      PLANNED + " WHERE occurrences.id = ? AND occurrences.app = ?";

  private static final String IN_SPAN =
      " WHERE occurrences.app = ? AND due_at >= ? AND due_at < ?";

  private static final String LIST =
      PLANNED + IN_SPAN + " ORDER BY due_at, occurrences.id" + Tables.LIMIT + " OFFSET ? + 0";

  private static final String COUNT = "SELECT count(*) FROM occurrences" + IN_SPAN;

  private static final String DUE =
      PLANNED
          + " WHERE fate IN ('pending', 'firing') AND due_at <= ? ORDER BY due_at"
          + Tables.LIMIT;

  private static final String MOVE =
      "UPDATE occurrences SET fate = ?, detail = ? WHERE id = ? AND fate = ? AND detail = ?";

  /// The oldest are looked at, not all.
  private static final String OLD =
      "SELECT id FROM (SELECT id FROM schedules ORDER BY created_at"
          + Tables.LIMIT
          + ") AS first WHERE NOT EXISTS (SELECT 1 FROM occurrences WHERE schedule_id = first.id"
          + " AND (due_at >= ? OR fate IN ('pending', 'firing')))";

  private record Adding(Schedule schedule, List<Occurrence> occurrences, int most) {}

  private record Move(ScheduleId occurrence, Fate from, Fate to) {}

  private final Reader reader;
  private final Writer writer;
  private final Turns turns;
  private final Write<Adding, Boolean> add = Write.each(this::add);
  private final Write<Move, Boolean> move = Write.each(SqlSchedules::move);
  private final Write<ScheduleId, Integer> clear = Write.each(SqlSchedules::clear);

  SqlSchedules(Reader reader, Writer writer, Turns turns) {
    this.reader = reader;
    this.writer = writer;
    this.turns = turns;
  }

  @Override
  public boolean add(Schedule schedule, List<Occurrence> occurrences, int most) {
    return writer.submit(
        add, new Adding(schedule, List.copyOf(occurrences), most), 1 + occurrences.size());
  }

  private boolean add(Session session, Adding adding) throws SQLException {
    Schedule schedule = adding.schedule();
    turns.take(session, schedule.app());
    int pending =
        session.first(PENDING, row -> row.getInt(1), schedule.app().value()).orElse(0);
    if (pending >= adding.most()) {
      return false;
    }
    session.update(
        ADD,
        schedule.id().value(),
        schedule.app().value(),
        PushText.write(schedule.push()),
        schedule.cyclic() ? 1 : 0,
        schedule.createdAt().toEpochMilli());
    var rows = new ArrayList<Object[]>(adding.occurrences().size());
    for (Occurrence occurrence : adding.occurrences()) {
      rows.add(
          new Object[] {
            occurrence.id().value(),
            schedule.id().value(),
            schedule.app().value(),
            occurrence.dueAt().toEpochMilli(),
            FateText.word(occurrence.fate()),
            FateText.detail(occurrence.fate())
          });
    }
    session.updateEach(ADD_OCCURRENCE, rows);
    return true;
  }

  @Override
  public Optional<Schedule> find(AppId app, ScheduleId id) {
    return reader.read(
        session -> session.first(SCHEDULE, SqlSchedules::schedule, app.value(), id.value()));
  }

  @Override
  public List<Planned> ofSchedule(AppId app, ScheduleId schedule) {
    return reader.read(
        session ->
            session.query(OF_SCHEDULE, SqlSchedules::planned, schedule.value(), app.value()));
  }

  @Override
  public Optional<Planned> occurrence(AppId app, ScheduleId occurrence) {
    return reader.read(
        session ->
            session.first(OCCURRENCE, SqlSchedules::planned, occurrence.value(), app.value()));
  }

  @Override
  public List<Planned> list(Filter filter, int skip, int limit) {
    return reader.read(
        session ->
            session.query(
                LIST,
                SqlSchedules::planned,
                filter.app().value(),
                filter.from().toEpochMilli(),
                filter.to().toEpochMilli(),
                limit,
                skip));
  }

  @Override
  public int count(Filter filter) {
    return reader.read(
        session ->
            session
                .first(
                    COUNT,
                    row -> row.getInt(1),
                    filter.app().value(),
                    filter.from().toEpochMilli(),
                    filter.to().toEpochMilli())
                .orElse(0));
  }

  @Override
  public List<Planned> due(Instant now, int limit) {
    return reader.read(
        session -> session.query(DUE, SqlSchedules::planned, now.toEpochMilli(), limit));
  }

  @Override
  public boolean move(ScheduleId occurrence, Fate from, Fate to) {
    return writer.submit(move, new Move(occurrence, from, to), 1);
  }

  private static boolean move(Session session, Move move) throws SQLException {
    return session.update(
            MOVE,
            FateText.word(move.to()),
            FateText.detail(move.to()),
            move.occurrence().value(),
            FateText.word(move.from()),
            FateText.detail(move.from()))
        == 1;
  }

  @Override
  public int clear(Instant limit, int count) {
    List<ScheduleId> old =
        reader.read(
            session ->
                session.query(
                    OLD, row -> new ScheduleId(row.getString(1)), count, limit.toEpochMilli()));
    old.forEach(id -> writer.submit(clear, id, 1));
    return old.size();
  }

  private static int clear(Session session, ScheduleId id) throws SQLException {
    session.update("DELETE FROM occurrences WHERE schedule_id = ?", id.value());
    return session.update("DELETE FROM schedules WHERE id = ?", id.value());
  }

  private static Schedule schedule(ResultSet row) throws SQLException {
    return new Schedule(
        new ScheduleId(row.getString(1)),
        new AppId(row.getString(2)),
        PushText.read(row.getString(3)),
        row.getInt(4) == 1,
        Instant.ofEpochMilli(row.getLong(5)));
  }

  private static Planned planned(ResultSet row) throws SQLException {
    Schedule schedule = schedule(row);
    return new Planned(
        schedule,
        new Occurrence(
            new ScheduleId(row.getString(6)),
            schedule.id(),
            Instant.ofEpochMilli(row.getLong(7)),
            FateText.read(row.getString(8), row.getString(9))));
  }
}
