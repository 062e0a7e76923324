// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Superseded;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.store.sql.broadcast.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.registration.NumberedRegistration;
import dev.boomerang.store.sql.row.TaskRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

public final class SqlBroadcastStore implements BroadcastStore {
  private static final String SELECT = Tables.selectFrom(Tables.BROADCASTS);

  /// Finds broadcasts that may still be delivered or recalled, by the condition of their index.
  private static final String OPEN =
      SELECT + " WHERE app = ? AND task_id > ? AND due_at IS NOT NULL";

  private static final String LIVE =
      OPEN + " AND close_reason = 'no' AND expires_at > ? ORDER BY task_id";

  private static final String ASKED_BACK =
      OPEN + " AND recall_deadline IS NOT NULL ORDER BY task_id";
  private static final String OF_APP = SELECT + " WHERE app = ? AND task_id > ? ORDER BY task_id";
  private static final String FIND = SELECT + " WHERE task_id = ?";

  private static final String DUE =
      "SELECT task_id FROM broadcasts WHERE due_at <= ? ORDER BY due_at" + Tables.LIMIT;

  /// Pages through registrations by id and not by app, or each step would sort all of the app's.
  private static final String AFTER =
      Tables.selectFrom(Tables.AUDIENCE_ATTRIBUTES)
          + " WHERE id > ? AND app || '' = ? ORDER BY id"
          + Tables.LIMIT;

  /// Limits the registrations that one step of a listing reads.
  private static final int STEP = 2_000;

  /// Limits the gap between two registrations of a broadcast beyond which they are sparse.
  private static final int SPARSE = 64;

  private static final int MOST_ASKED_FOR = 10_000;

  private final QueryRunner queryRunner;
  private final BatchSql batchSql;
  private final BroadcastIndex broadcastIndex;
  private final BroadcastClosing broadcastClosing;

  public SqlBroadcastStore(
      QueryRunner queryRunner, Writer writer, BatchSql batchSql, BroadcastIndex broadcastIndex) {
    this.queryRunner = queryRunner;
    this.batchSql = batchSql;
    this.broadcastIndex = broadcastIndex;
    this.broadcastClosing = new BroadcastClosing(writer, batchSql, broadcastIndex);
  }

  @Override
  public List<MailboxEntry> waiting(
      RegistrationId registration,
      AudienceAttributes audienceAttributes,
      TaskId after,
      Instant now,
      int limit) {
    return queryRunner.read(
        session -> {
          List<Broadcast> live =
              session.query(
                  LIVE,
                  BroadcastRows::broadcast,
                  audienceAttributes.app().value(),
                  after.value(),
                  now.toEpochMilli());
          return live.isEmpty()
              ? List.of()
              : mailboxEntries(session, waiting(session, registration, live, limit));
        });
  }

  @Override
  public List<Change> superseded(
      RegistrationId id, AudienceAttributes audienceAttributes, Instant now) {
    return queryRunner.read(
        session -> {
          List<Broadcast> live =
              session.query(
                  LIVE,
                  BroadcastRows::broadcast,
                  audienceAttributes.app().value(),
                  TaskId.NONE.value(),
                  now.toEpochMilli());
          return live.isEmpty() ? List.of() : superseded(session, id, live, now);
        });
  }

  private List<Change> superseded(
      SqlSession session, RegistrationId id, List<Broadcast> live, Instant now)
      throws SQLException {
    NumberedRegistration registration = broadcastIndex.findNumbers(session, List.of(id)).get(id);
    if (registration == null) {
      return List.of();
    }
    BitmapChunks bitmapChunks = pages(session, live, registration);
    List<Broadcast> given =
        live.stream()
            .filter(
                each ->
                    storedState(bitmapChunks, each, registration)
                        .filter(Sending.class::isInstance)
                        .isPresent())
            .toList();
    if (given.isEmpty()) {
      return List.of();
    }
    var broadcastOverrides =
        BroadcastOverrides.load(session, batchSql, given, List.of(registration));
    return given.stream()
        .flatMap(
            older ->
                broadcastOverrides.overriding(older, registration).stream()
                    .map(
                        newer ->
                            new Change(
                                new DeliveryId(older.task(), id),
                                new Superseded(now, newer.task()))))
        .toList();
  }

  private List<Delivery> waiting(
      SqlSession session, RegistrationId id, List<Broadcast> live, int limit) throws SQLException {
    NumberedRegistration registration = broadcastIndex.findNumbers(session, List.of(id)).get(id);
    if (registration == null) {
      return List.of();
    }
    BitmapChunks bitmapChunks = pages(session, live, registration);
    BroadcastOverrides broadcastOverrides =
        BroadcastOverrides.load(session, batchSql, live, List.of(registration));
    var waiting = new ArrayList<Delivery>();
    for (Broadcast broadcast : live) {
      if (broadcastOverrides.overriding(broadcast, registration).isEmpty()) {
        BroadcastChanges.delivery(
                broadcast,
                new DeliveryId(broadcast.task(), id),
                registration,
                storedState(bitmapChunks, broadcast, registration),
                Optional.empty())
            .filter(Delivery::inMailbox)
            .ifPresent(waiting::add);
      }
      if (waiting.size() == limit) {
        break;
      }
    }
    return waiting;
  }

  private List<MailboxEntry> mailboxEntries(SqlSession session, List<Delivery> waiting)
      throws SQLException {
    List<Object[]> keys =
        waiting.stream().map(each -> new Object[] {each.id().task().value()}).toList();
    Map<TaskId, Task> tasks = new HashMap<>();
    batchSql
        .select(session, Tables.TASKS, List.of("id"), keys, TaskRows::task)
        .forEach(task -> tasks.put(task.id(), task));
    var entries = new ArrayList<MailboxEntry>();
    for (Delivery delivery : waiting) {
      Task task = tasks.get(delivery.id().task());
      if (task != null) {
        entries.add(new MailboxEntry(delivery, task, task.content()));
      }
    }
    return entries;
  }

  private BitmapChunks pages(
      SqlSession session, List<Broadcast> broadcasts, NumberedRegistration registration)
      throws SQLException {
    return BitmapChunks.load(
        session,
        batchSql,
        broadcasts.stream().map(each -> BitmapChunks.Key.of(each.task(), registration)).toList());
  }

  private static Optional<DeliveryState> storedState(
      BitmapChunks bitmapChunks, Broadcast broadcast, NumberedRegistration registration) {
    return bitmapChunks
        .chunk(BitmapChunks.Key.of(broadcast.task(), registration))
        .state(registration.offset(), broadcast.acceptedAt());
  }

  @Override
  public List<DeliveryId> recalling(RegistrationId id, AppId app, TaskId after, int limit) {
    return idsInState(
        ASKED_BACK, id, app, after, limit, state -> state.status() == DeliveryStatus.RECALLING);
  }

  @Override
  public List<DeliveryId> onDevice(RegistrationId id, AppId app, TaskId after, int limit) {
    return idsInState(
        OF_APP,
        id,
        app,
        after,
        limit,
        state -> state.isOnDevice() || state.status() == DeliveryStatus.PENDING);
  }

  /// Returns those of an app's broadcasts in which a registration's state matches.
  private List<DeliveryId> idsInState(
      String which,
      RegistrationId id,
      AppId app,
      TaskId after,
      int limit,
      Predicate<DeliveryState> is) {
    return queryRunner.read(
        session -> {
          List<Broadcast> found =
              session.query(which, BroadcastRows::broadcast, app.value(), after.value());
          NumberedRegistration registration =
              found.isEmpty() ? null : broadcastIndex.findNumbers(session, List.of(id)).get(id);
          if (registration == null) {
            return List.of();
          }
          BitmapChunks bitmapChunks = pages(session, found, registration);
          return found.stream()
              .filter(
                  broadcast ->
                      storedState(bitmapChunks, broadcast, registration).filter(is).isPresent())
              .map(broadcast -> new DeliveryId(broadcast.task(), id))
              .limit(limit)
              .toList();
        });
  }

  @Override
  public Map<RegistrationId, DeliveryStatus> statuses(
      TaskId task, Collection<RegistrationId> among) {
    return queryRunner.read(
        session -> {
          Map<RegistrationId, NumberedRegistration> registrations =
              broadcastIndex.findNumbers(session, among);
          BitmapChunks bitmapChunks =
              BitmapChunks.load(
                  session,
                  batchSql,
                  registrations.values().stream()
                      .map(each -> BitmapChunks.Key.of(task, each))
                      .toList());
          Map<RegistrationId, DeliveryStatus> statuses = new HashMap<>();
          registrations.forEach(
              (id, registration) ->
                  bitmapChunks
                      .chunk(BitmapChunks.Key.of(task, registration))
                      .state(registration.offset(), Instant.EPOCH)
                      .ifPresent(state -> statuses.put(id, state.status())));
          return statuses;
        });
  }

  @Override
  public BroadcastCounts counts(TaskId task) {
    return queryRunner.read(session -> countStates(session, task));
  }

  public BroadcastCounts countStates(SqlSession session, TaskId task) throws SQLException {
    BitmapChunks bitmapChunks = BitmapChunks.loadAll(session, task);
    Map<DeliveryStatus, Integer> statuses = new EnumMap<>(DeliveryStatus.class);
    int prevented = 0;
    int replaced = 0;
    for (Map.Entry<DeliveryState, Integer> entry : bitmapChunks.counts().entrySet()) {
      statuses.merge(entry.getKey().status(), entry.getValue(), Integer::sum);
      if (entry.getKey() instanceof Recalled(var _, Recalled.Outcome outcome)
          && outcome == Recalled.Outcome.PREVENTED) {
        prevented += entry.getValue();
      }
      if (entry.getKey() instanceof Overridden(var _, var _, Overridden.Outcome outcome)
          && outcome == Overridden.Outcome.REPLACED) {
        replaced += entry.getValue();
      }
    }
    return new BroadcastCounts(statuses, prevented, replaced);
  }

  @Override
  public TransitionCounts recall(TaskId task, Instant now) {
    return broadcastClosing.recall(task, now);
  }

  @Override
  public TransitionCounts stop(TaskId task, Instant now) {
    return broadcastClosing.stop(task, now);
  }

  @Override
  public List<TaskId> due(Instant now, int limit) {
    return queryRunner.read(
        session ->
            session.query(
                DUE, row -> new TaskId(row.getLong("task_id")), now.toEpochMilli(), limit));
  }

  @Override
  public TransitionCounts expire(TaskId task, Instant now) {
    return broadcastClosing.expire(task, now);
  }

  /// Returns a delivery of a broadcast, stored or implied; empty if the task is no broadcast or
  /// does not cover the registration.
  public Optional<Delivery> find(SqlSession session, DeliveryId id) throws SQLException {
    Optional<Broadcast> broadcast =
        session.first(FIND, BroadcastRows::broadcast, id.task().value());
    NumberedRegistration registration =
        broadcast.isEmpty()
            ? null
            : broadcastIndex
                .findNumbers(session, List.of(id.registration()))
                .get(id.registration());
    if (registration == null) {
      return Optional.empty();
    }
    BitmapChunks bitmapChunks = pages(session, List.of(broadcast.get()), registration);
    return BroadcastChanges.delivery(
        broadcast.get(),
        id,
        registration,
        storedState(bitmapChunks, broadcast.get(), registration),
        BroadcastOverrides.load(session, batchSql, List.of(broadcast.get()), List.of(registration))
            .overriding(broadcast.get(), registration));
  }

  /// Returns deliveries that have a state, in order of registration id, after `after`.
  public List<Delivery> deliveriesWithState(
      SqlSession session, TaskId task, String after, int limit) throws SQLException {
    Optional<Broadcast> found = session.first(FIND, BroadcastRows::broadcast, task.value());
    if (found.isEmpty()) {
      return List.of();
    }
    Broadcast broadcast = found.get();
    BitmapChunks bitmapChunks = BitmapChunks.loadAll(session, task);
    RoaringBitmap marked = bitmapChunks.numbers();
    return isSparse(marked)
        ? numbered(session, marked).stream()
            .filter(each -> each.id().value().compareTo(after) > 0)
            .sorted(Comparator.comparing(NumberedRegistration::id))
            .flatMap(each -> deliveriesWithState(bitmapChunks, broadcast, each).stream())
            .limit(limit)
            .toList()
        : scanRegistrations(session, broadcast, bitmapChunks, after, limit);
  }

  /// Returns whether it is cheaper to read each of these registrations than to page through all.
  private static boolean isSparse(RoaringBitmap marked) {
    int many = marked.getCardinality();
    return many == 0 || (many <= MOST_ASKED_FOR && marked.last() - marked.first() > many * SPARSE);
  }

  private List<NumberedRegistration> numbered(SqlSession session, RoaringBitmap numbers)
      throws SQLException {
    List<Object[]> keys = new ArrayList<>();
    numbers.forEach((int number) -> keys.add(new Object[] {(long) number}));
    return batchSql.select(
        session, Tables.AUDIENCE_ATTRIBUTES, List.of("number"), keys, NumberedRegistration::read);
  }

  private static List<Delivery> scanRegistrations(
      SqlSession session, Broadcast broadcast, BitmapChunks bitmapChunks, String after, int limit)
      throws SQLException {
    var taken = new ArrayList<Delivery>();
    String from = after;
    List<NumberedRegistration> step;
    do {
      step = session.query(AFTER, NumberedRegistration::read, from, broadcast.app().value(), STEP);
      for (NumberedRegistration registration : step) {
        from = registration.id().value();
        deliveriesWithState(bitmapChunks, broadcast, registration)
            .filter(isRoom(taken, limit))
            .ifPresent(taken::add);
      }
    } while (step.size() == STEP && taken.size() < limit);
    return taken;
  }

  private static Optional<Delivery> deliveriesWithState(
      BitmapChunks bitmapChunks, Broadcast broadcast, NumberedRegistration registration) {
    return storedState(bitmapChunks, broadcast, registration)
        .map(
            state ->
                broadcast.delivery(
                    new DeliveryId(broadcast.task(), registration.id()),
                    registration.audienceAttributes().platform(),
                    state));
  }

  private static Predicate<Delivery> isRoom(List<Delivery> taken, int limit) {
    return _ -> taken.size() < limit;
  }

  public boolean isBroadcast(SqlSession session, TaskId task) throws SQLException {
    return broadcastIndex.isKnown(task)
        || session
            .first("SELECT 1 FROM broadcasts WHERE task_id = ?", row -> 1, task.value())
            .isPresent();
  }
}
