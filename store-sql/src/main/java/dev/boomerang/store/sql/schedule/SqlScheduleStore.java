// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.schedule;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.store.sql.codec.OccurrenceStatusCodec;
import dev.boomerang.store.sql.codec.PushCodec;
import dev.boomerang.store.sql.jdbc.BatchSql;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

public final class SqlScheduleStore implements ScheduleStore {
  private static final String PENDING =
      "SELECT count(DISTINCT schedule_id) AS schedules FROM occurrences WHERE app = ? AND status ="
          + " 'pending'";

  private static final String SCHEDULE =
      Tables.selectFrom(Tables.SCHEDULES) + " WHERE app = ? AND id = ?";

  private static final String HAS_PENDING =
      "SELECT 1 FROM occurrences WHERE app = ? AND schedule_id = ? AND status = 'pending'"
          + Tables.LIMIT;

  private static final String REPLACE =
      "UPDATE schedules SET push = ?, cyclic = ?, ends_at = ?, origin = ?, detail = ?"
          + " WHERE app = ? AND id = ?";

  private static final String UNPLAN =
      "DELETE FROM occurrences WHERE app = ? AND schedule_id = ? AND status = 'pending'";

  private static final String IS_LIVE = " WHERE app = ? AND origin = ? AND ends_at > ?";

  private static final String LIVE =
      Tables.selectFrom(Tables.SCHEDULES)
          + IS_LIVE
          + " ORDER BY created_at, id"
          + Tables.LIMIT
          + " OFFSET ? + 0";

  private static final String COUNT_LIVE = "SELECT count(*) AS schedules FROM schedules" + IS_LIVE;

  private static final String OCCURRENCES = Tables.selectFrom(Tables.OCCURRENCES);

  /// Finds a schedule's occurrences in any app, so that SQLite does not choose the index of the
  /// listing.
  private static final String OF_SCHEDULE =
      OCCURRENCES + " WHERE schedule_id = ? ORDER BY due_at, id";

  private static final String OCCURRENCE = OCCURRENCES + " WHERE id = ?";

  private static final String IN_SPAN = " WHERE app = ? AND due_at >= ? AND due_at < ?";

  private static final String LIST =
      OCCURRENCES + IN_SPAN + " ORDER BY due_at, id" + Tables.LIMIT + " OFFSET ? + 0";

  private static final String COUNT = "SELECT count(*) AS occurrences FROM occurrences" + IN_SPAN;

  /// Finds due occurrences. The statuses are literals, so that the partial index is used.
  private static final String DUE =
      OCCURRENCES
          + " WHERE status IN ('pending', 'firing') AND due_at <= ? ORDER BY due_at, id"
          + Tables.LIMIT;

  private static final String MOVE =
      "UPDATE occurrences SET status = ?, detail = ? WHERE id = ? AND status = ? AND detail = ?";

  private static final String OLD =
      "SELECT id FROM schedules WHERE ends_at < ? AND NOT EXISTS (SELECT 1 FROM occurrences"
          + " WHERE schedule_id = schedules.id AND status IN ('pending', 'firing'))"
          + " ORDER BY ends_at"
          + Tables.LIMIT;

  private record Adding(Schedule schedule, List<Occurrence> occurrences, int most) {}

  private record Removing(AppId app, ScheduleId id) {}

  private record Move(ScheduleId occurrence, OccurrenceStatus from, OccurrenceStatus to) {}

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final AppLock appLock;
  private final BatchSql batchSql;
  private final WriteHandler<Adding, Boolean> add = WriteHandler.each(this::add);
  private final WriteHandler<Adding, ReplaceResult> replace = WriteHandler.each(this::replace);
  private final WriteHandler<Removing, Boolean> remove =
      WriteHandler.each(SqlScheduleStore::remove);
  private final WriteHandler<Move, Boolean> move = WriteHandler.each(SqlScheduleStore::move);
  private final WriteHandler<ScheduleId, Integer> clear =
      WriteHandler.each(SqlScheduleStore::clear);

  public SqlScheduleStore(
      QueryRunner queryRunner, Writer writer, AppLock appLock, BatchSql batchSql) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.appLock = appLock;
    this.batchSql = batchSql;
  }

  @Override
  public boolean add(Schedule schedule, List<Occurrence> occurrences, int most) {
    return writer.submit(
        add, new Adding(schedule, List.copyOf(occurrences), most), 1 + occurrences.size());
  }

  private boolean add(SqlSession session, Adding adding) throws SQLException {
    Schedule schedule = adding.schedule();
    appLock.acquire(session, schedule.app());
    if (pending(session, schedule.app()) >= adding.most()) {
      return false;
    }
    batchSql.insert(session, Tables.SCHEDULES, List.<Object[]>of(row(schedule)));
    plan(session, adding);
    return true;
  }

  private static int pending(SqlSession session, AppId app) throws SQLException {
    return session.first(PENDING, row -> row.getInt("schedules"), app.value()).orElse(0);
  }

  private void plan(SqlSession session, Adding adding) throws SQLException {
    if (!adding.occurrences().isEmpty()) {
      batchSql.insert(
          session,
          Tables.OCCURRENCES,
          adding.occurrences().stream().map(one -> row(adding.schedule().app(), one)).toList());
    }
  }

  @Override
  public ReplaceResult replace(Schedule changed, List<Occurrence> pending, int most) {
    return writer.submit(
        replace, new Adding(changed, List.copyOf(pending), most), 1 + pending.size());
  }

  private ReplaceResult replace(SqlSession session, Adding changing) throws SQLException {
    Schedule schedule = changing.schedule();
    String app = schedule.app().value();
    String id = schedule.id().value();
    appLock.acquire(session, schedule.app());
    if (!changing.occurrences().isEmpty()
        && session.first(HAS_PENDING, _ -> true, app, id, 1).isEmpty()
        && pending(session, schedule.app()) >= changing.most()) {
      return session.first(SCHEDULE, _ -> true, app, id).isEmpty()
          ? ReplaceResult.GONE
          : ReplaceResult.TOO_MANY;
    }
    int found =
        session.update(
            REPLACE,
            PushCodec.write(schedule.push()),
            schedule.cyclic() ? 1 : 0,
            schedule.endsAt().toEpochMilli(),
            schedule.push().options().source().origin(),
            schedule.detail().text(),
            app,
            id);
    if (found == 0) {
      return ReplaceResult.GONE;
    }
    session.update(UNPLAN, app, id);
    plan(session, changing);
    return ReplaceResult.DONE;
  }

  @Override
  public boolean remove(AppId app, ScheduleId id) {
    return writer.submit(remove, new Removing(app, id), 1);
  }

  private static boolean remove(SqlSession session, Removing removing) throws SQLException {
    String app = removing.app().value();
    String id = removing.id().value();
    boolean found = session.update("DELETE FROM schedules WHERE app = ? AND id = ?", app, id) == 1;
    if (found) {
      session.update("DELETE FROM occurrences WHERE schedule_id = ?", id);
    }
    return found;
  }

  @Override
  public List<Schedule> listActive(ActiveFilter filter, int skip, int limit) {
    return queryRunner.read(
        session ->
            session.query(
                LIVE,
                SqlScheduleStore::schedule,
                filter.app().value(),
                filter.origin(),
                filter.now().toEpochMilli(),
                limit,
                skip));
  }

  @Override
  public int count(ActiveFilter filter) {
    return queryRunner.read(
        session ->
            session
                .first(
                    COUNT_LIVE,
                    row -> row.getInt("schedules"),
                    filter.app().value(),
                    filter.origin(),
                    filter.now().toEpochMilli())
                .orElse(0));
  }

  @Override
  public Optional<Schedule> find(AppId app, ScheduleId id) {
    return queryRunner.read(
        session -> session.first(SCHEDULE, SqlScheduleStore::schedule, app.value(), id.value()));
  }

  @Override
  public List<ScheduledOccurrence> ofSchedule(AppId app, ScheduleId schedule) {
    return of(app, planned(OF_SCHEDULE, schedule.value()));
  }

  @Override
  public Optional<ScheduledOccurrence> occurrence(AppId app, ScheduleId occurrence) {
    return of(app, planned(OCCURRENCE, occurrence.value())).stream().findFirst();
  }

  private static List<ScheduledOccurrence> of(AppId app, List<ScheduledOccurrence> found) {
    return found.stream()
        .filter(scheduledOccurrence -> scheduledOccurrence.schedule().app().equals(app))
        .toList();
  }

  @Override
  public List<ScheduledOccurrence> list(Filter filter, int skip, int limit) {
    return planned(
        LIST,
        filter.app().value(),
        filter.from().toEpochMilli(),
        filter.to().toEpochMilli(),
        limit,
        skip);
  }

  @Override
  public int count(Filter filter) {
    return queryRunner.read(
        session ->
            session
                .first(
                    COUNT,
                    row -> row.getInt("occurrences"),
                    filter.app().value(),
                    filter.from().toEpochMilli(),
                    filter.to().toEpochMilli())
                .orElse(0));
  }

  @Override
  public List<ScheduledOccurrence> due(Instant now, int limit) {
    return planned(DUE, now.toEpochMilli(), limit);
  }

  /// Reads occurrences with their schedules, each schedule once. Occurrences whose schedule is
  /// deleted in between are left out.
  private List<ScheduledOccurrence> planned(String question, Object... arguments) {
    return queryRunner.read(
        session -> {
          List<Occurrence> found = session.query(question, SqlScheduleStore::occurrence, arguments);
          Map<ScheduleId, Schedule> schedules = schedulesOf(session, found);
          return found.stream()
              .flatMap(
                  one ->
                      Optional.ofNullable(schedules.get(one.schedule()))
                          .map(schedule -> new ScheduledOccurrence(schedule, one))
                          .stream())
              .toList();
        });
  }

  private Map<ScheduleId, Schedule> schedulesOf(SqlSession session, List<Occurrence> occurrences)
      throws SQLException {
    List<Object[]> ids =
        occurrences.stream()
            .map(Occurrence::schedule)
            .distinct()
            .map(id -> new Object[] {id.value()})
            .toList();
    return batchSql
        .select(session, Tables.SCHEDULES, List.of("id"), ids, SqlScheduleStore::schedule)
        .stream()
        .collect(Collectors.toMap(Schedule::id, schedule -> schedule));
  }

  @Override
  public boolean compareAndSetStatus(
      ScheduleId occurrence, OccurrenceStatus from, OccurrenceStatus to) {
    return writer.submit(move, new Move(occurrence, from, to), 1);
  }

  private static boolean move(SqlSession session, Move move) throws SQLException {
    return session.update(
            MOVE,
            OccurrenceStatusCodec.name(move.to()),
            OccurrenceStatusCodec.detail(move.to()),
            move.occurrence().value(),
            OccurrenceStatusCodec.name(move.from()),
            OccurrenceStatusCodec.detail(move.from()))
        == 1;
  }

  @Override
  public int purge(Instant limit, int count) {
    List<ScheduleId> old =
        queryRunner.read(
            session ->
                session.query(
                    OLD, row -> new ScheduleId(row.getString("id")), limit.toEpochMilli(), count));
    return old.stream().mapToInt(id -> writer.submit(clear, id, 1)).sum();
  }

  private static int clear(SqlSession session, ScheduleId id) throws SQLException {
    session.update("DELETE FROM occurrences WHERE schedule_id = ?", id.value());
    return session.update("DELETE FROM schedules WHERE id = ?", id.value());
  }

  private static Schedule schedule(Row row) throws SQLException {
    return new Schedule(
        new ScheduleId(row.getString("id")),
        new AppId(row.getString("app")),
        PushCodec.read(row.getString("push")),
        row.getFlag("cyclic"),
        row.getInstant("created_at"),
        row.getInstant("ends_at"),
        new DialectDetail(row.getString("detail")));
  }

  private static Object[] row(Schedule schedule) {
    return new Object[] {
      schedule.id().value(),
      schedule.app().value(),
      PushCodec.write(schedule.push()),
      schedule.cyclic() ? 1 : 0,
      schedule.createdAt().toEpochMilli(),
      schedule.endsAt().toEpochMilli(),
      schedule.push().options().source().origin(),
      schedule.detail().text()
    };
  }

  private static Occurrence occurrence(Row row) throws SQLException {
    return new Occurrence(
        new ScheduleId(row.getString("id")),
        new ScheduleId(row.getString("schedule_id")),
        row.getInstant("due_at"),
        OccurrenceStatusCodec.read(row.getString("status"), row.getString("detail")));
  }

  private static Object[] row(AppId app, Occurrence occurrence) {
    return new Object[] {
      occurrence.id().value(),
      occurrence.schedule().value(),
      app.value(),
      occurrence.dueAt().toEpochMilli(),
      OccurrenceStatusCodec.name(occurrence.status()),
      OccurrenceStatusCodec.detail(occurrence.status())
    };
  }
}
