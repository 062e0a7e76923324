// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.BroadcastRows.Numbered;
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

final class SqlBroadcasts implements BroadcastStore {
  private static final String SELECT = Tables.selectFrom(Tables.BROADCASTS);

  /// With the condition of the index of open ones.
  private static final String OPEN =
      SELECT + " WHERE app = ? AND task_id > ? AND due_at IS NOT NULL";

  private static final String LIVE =
      OPEN + " AND closed = 'no' AND expires_at > ? ORDER BY task_id";

  private static final String ASKED_BACK = OPEN + " AND wait_until IS NOT NULL ORDER BY task_id";
  private static final String OF_APP = SELECT + " WHERE app = ? AND task_id > ? ORDER BY task_id";
  private static final String FIND = SELECT + " WHERE task_id = ?";

  private static final String DUE =
      "SELECT task_id FROM broadcasts WHERE due_at <= ? ORDER BY due_at" + Tables.LIMIT;

  /// By id and not by app, or each step would sort all registrations of the app.
  private static final String AFTER =
      Tables.selectFrom(Tables.MEMBERS)
          + " WHERE id > ? AND app || '' = ? ORDER BY id"
          + Tables.LIMIT;

  /// Registrations looked at in one step of a listing.
  private static final int STEP = 2_000;

  /// Registrations between two of a broadcast's beyond which these are sparse.
  private static final int SPARSE = 64;

  private static final int MOST_ASKED_FOR = 10_000;

  private final Reader reader;
  private final Bulk bulk;
  private final Known known;
  private final Closings closings;

  SqlBroadcasts(Reader reader, Writer writer, Bulk bulk, Known known) {
    this.reader = reader;
    this.bulk = bulk;
    this.known = known;
    this.closings = new Closings(writer, bulk, known);
  }

  @Override
  public List<MailboxEntry> waiting(
      RegistrationId registration,
      AudienceAttributes audienceAttributes,
      TaskId after,
      Instant now,
      int limit) {
    return reader.read(
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
              : parcels(session, waiting(session, registration, live, limit));
        });
  }

  private List<Delivery> waiting(
      Session session, RegistrationId id, List<Broadcast> live, int limit) throws SQLException {
    Numbered registration = known.numbered(session, List.of(id)).get(id);
    if (registration == null) {
      return List.of();
    }
    Pages pages = pages(session, live, registration);
    Newer newer = Newer.of(session, bulk, live, List.of(registration));
    var waiting = new ArrayList<Delivery>();
    for (Broadcast broadcast : live) {
      if (newer.than(broadcast, registration).isEmpty()) {
        Marked.delivery(
                broadcast,
                new DeliveryId(broadcast.task(), id),
                registration,
                mark(pages, broadcast, registration),
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

  private List<MailboxEntry> parcels(Session session, List<Delivery> waiting) throws SQLException {
    List<Object[]> keys =
        waiting.stream().map(each -> new Object[] {each.id().task().value()}).toList();
    Map<TaskId, Task> tasks = new HashMap<>();
    bulk.select(session, Tables.TASKS, List.of("id"), keys, TaskRows::task)
        .forEach(task -> tasks.put(task.id(), task));
    var mailboxEntrys = new ArrayList<MailboxEntry>();
    for (Delivery delivery : waiting) {
      Task task = tasks.get(delivery.id().task());
      if (task != null) {
        mailboxEntrys.add(new MailboxEntry(delivery, task, task.content()));
      }
    }
    return mailboxEntrys;
  }

  private Pages pages(Session session, List<Broadcast> broadcasts, Numbered registration)
      throws SQLException {
    return Pages.of(
        session,
        bulk,
        broadcasts.stream().map(each -> Pages.Key.of(each.task(), registration)).toList());
  }

  private static Optional<DeliveryState> mark(
      Pages pages, Broadcast broadcast, Numbered registration) {
    return pages
        .page(Pages.Key.of(broadcast.task(), registration))
        .state(registration.place(), broadcast.acceptedAt());
  }

  @Override
  public List<DeliveryId> recalling(RegistrationId id, AppId app, TaskId after, int limit) {
    return marked(
        ASKED_BACK, id, app, after, limit, state -> state.status() == DeliveryStatus.RECALLING);
  }

  @Override
  public List<DeliveryId> onDevice(RegistrationId id, AppId app, TaskId after, int limit) {
    return marked(
        OF_APP,
        id,
        app,
        after,
        limit,
        state -> state.isOnDevice() || state.status() == DeliveryStatus.PENDING);
  }

  /// Those of an app's broadcasts where a registration's mark is such a state.
  private List<DeliveryId> marked(
      String which,
      RegistrationId id,
      AppId app,
      TaskId after,
      int limit,
      Predicate<DeliveryState> is) {
    return reader.read(
        session -> {
          List<Broadcast> found =
              session.query(which, BroadcastRows::broadcast, app.value(), after.value());
          Numbered registration =
              found.isEmpty() ? null : known.numbered(session, List.of(id)).get(id);
          if (registration == null) {
            return List.of();
          }
          Pages pages = pages(session, found, registration);
          return found.stream()
              .filter(broadcast -> mark(pages, broadcast, registration).filter(is).isPresent())
              .map(broadcast -> new DeliveryId(broadcast.task(), id))
              .limit(limit)
              .toList();
        });
  }

  @Override
  public Map<RegistrationId, DeliveryStatus> statuses(
      TaskId task, Collection<RegistrationId> among) {
    return reader.read(
        session -> {
          Map<RegistrationId, Numbered> registrations = known.numbered(session, among);
          Pages pages =
              Pages.of(
                  session,
                  bulk,
                  registrations.values().stream().map(each -> Pages.Key.of(task, each)).toList());
          Map<RegistrationId, DeliveryStatus> deliveryStatuss = new HashMap<>();
          registrations.forEach(
              (id, registration) ->
                  pages
                      .page(Pages.Key.of(task, registration))
                      .state(registration.place(), Instant.EPOCH)
                      .ifPresent(state -> deliveryStatuss.put(id, state.status())));
          return deliveryStatuss;
        });
  }

  @Override
  public BroadcastCounts counts(TaskId task) {
    return reader.read(session -> census(session, task));
  }

  BroadcastCounts census(Session session, TaskId task) throws SQLException {
    Pages pages = Pages.all(session, task);
    Map<DeliveryStatus, Integer> deliveryStatuss = new EnumMap<>(DeliveryStatus.class);
    int prevented = 0;
    int replaced = 0;
    for (Map.Entry<DeliveryState, Integer> entry : pages.counts().entrySet()) {
      deliveryStatuss.merge(entry.getKey().status(), entry.getValue(), Integer::sum);
      if (entry.getKey() instanceof Recalled(var _, Recalled.Outcome outcome)
          && outcome == Recalled.Outcome.PREVENTED) {
        prevented += entry.getValue();
      }
      if (entry.getKey() instanceof Overridden(var _, var _, Overridden.Outcome outcome)
          && outcome == Overridden.Outcome.REPLACED) {
        replaced += entry.getValue();
      }
    }
    return new BroadcastCounts(deliveryStatuss, prevented, replaced);
  }

  @Override
  public TransitionCounts recall(TaskId task, Instant now) {
    return closings.recall(task, now);
  }

  @Override
  public TransitionCounts stop(TaskId task, Instant now) {
    return closings.stop(task, now);
  }

  @Override
  public List<TaskId> due(Instant now, int limit) {
    return reader.read(
        session ->
            session.query(DUE, row -> new TaskId(row.getLong(1)), now.toEpochMilli(), limit));
  }

  @Override
  public TransitionCounts expire(TaskId task, Instant now) {
    return closings.timeUp(task, now);
  }

  /// A delivery of a broadcast, taken or not; empty if the task is none or has no part for it.
  Optional<Delivery> find(Session session, DeliveryId id) throws SQLException {
    Optional<Broadcast> broadcast =
        session.first(FIND, BroadcastRows::broadcast, id.task().value());
    Numbered registration =
        broadcast.isEmpty()
            ? null
            : known.numbered(session, List.of(id.registration())).get(id.registration());
    if (registration == null) {
      return Optional.empty();
    }
    Pages pages = pages(session, List.of(broadcast.get()), registration);
    return Marked.delivery(
        broadcast.get(),
        id,
        registration,
        mark(pages, broadcast.get(), registration),
        Newer.of(session, bulk, List.of(broadcast.get()), List.of(registration))
            .than(broadcast.get(), registration));
  }

  /// What devices have taken, in order of registration id, after `after`.
  List<Delivery> taken(Session session, TaskId task, String after, int limit) throws SQLException {
    Optional<Broadcast> found = session.first(FIND, BroadcastRows::broadcast, task.value());
    if (found.isEmpty()) {
      return List.of();
    }
    Broadcast broadcast = found.get();
    Pages pages = Pages.all(session, task);
    RoaringBitmap marked = pages.numbers();
    return isSparse(marked)
        ? numbered(session, marked).stream()
            .filter(each -> each.id().value().compareTo(after) > 0)
            .sorted(Comparator.comparing(Numbered::id))
            .flatMap(each -> taken(pages, broadcast, each).stream())
            .limit(limit)
            .toList()
        : among(session, broadcast, pages, after, limit);
  }

  /// So few that it is better to ask for each of them than to go through all registrations.
  private static boolean isSparse(RoaringBitmap marked) {
    int many = marked.getCardinality();
    return many == 0 || (many <= MOST_ASKED_FOR && marked.last() - marked.first() > many * SPARSE);
  }

  private List<Numbered> numbered(Session session, RoaringBitmap numbers) throws SQLException {
    List<Object[]> keys = new ArrayList<>();
    numbers.forEach((int number) -> keys.add(new Object[] {(long) number}));
    return bulk.select(session, Tables.MEMBERS, List.of("number"), keys, BroadcastRows::numbered);
  }

  private static List<Delivery> among(
      Session session, Broadcast broadcast, Pages pages, String after, int limit)
      throws SQLException {
    var taken = new ArrayList<Delivery>();
    String from = after;
    List<Numbered> step;
    do {
      step = session.query(AFTER, BroadcastRows::numbered, from, broadcast.app().value(), STEP);
      for (Numbered registration : step) {
        from = registration.id().value();
        taken(pages, broadcast, registration).filter(isRoom(taken, limit)).ifPresent(taken::add);
      }
    } while (step.size() == STEP && taken.size() < limit);
    return taken;
  }

  private static Optional<Delivery> taken(Pages pages, Broadcast broadcast, Numbered registration) {
    return mark(pages, broadcast, registration)
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

  boolean isBroadcast(Session session, TaskId task) throws SQLException {
    return known.has(task)
        || session
            .first("SELECT 1 FROM broadcasts WHERE task_id = ?", row -> 1, task.value())
            .isPresent();
  }
}
