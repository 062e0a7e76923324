// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.AppId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Member;
import dev.boomerang.model.Recall;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore.Parcel;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.BroadcastRows.Numbered;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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

  private static final String AFTER =
      Tables.selectFrom(Tables.MEMBERS) + " WHERE id > ? AND app = ? ORDER BY id" + Tables.LIMIT;

  /// Registrations looked at in one step of a listing.
  private static final int STEP = 2_000;

  private record Moment(TaskId task, Instant now) {}

  private final Reader reader;
  private final Writer writer;
  private final Bulk bulk;
  private final Known known;
  private final Write<Moment, Integer> stop = Write.each(this::stop);
  private final Write<Moment, Integer> recall = Write.each(this::recall);
  private final Write<Moment, Integer> timeUp = Write.each(this::timeUp);

  SqlBroadcasts(Reader reader, Writer writer, Bulk bulk, Known known) {
    this.reader = reader;
    this.writer = writer;
    this.bulk = bulk;
    this.known = known;
  }

  @Override
  public List<Parcel> waiting(
      RegistrationId registration, Member member, TaskId after, Instant now, int limit) {
    return reader.read(
        session -> {
          List<Broadcast> live =
              session.query(
                  LIVE,
                  BroadcastRows::broadcast,
                  member.app().value(),
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

  private List<Parcel> parcels(Session session, List<Delivery> waiting) throws SQLException {
    List<Object[]> keys =
        waiting.stream().map(each -> new Object[] {each.id().task().value()}).toList();
    Map<TaskId, Task> tasks = new HashMap<>();
    bulk.select(session, Tables.TASKS, List.of("id"), keys, TaskRows::task)
        .forEach(task -> tasks.put(task.id(), task));
    var parcels = new ArrayList<Parcel>();
    for (Delivery delivery : waiting) {
      Task task = tasks.get(delivery.id().task());
      if (task != null) {
        parcels.add(new Parcel(delivery, task, task.content()));
      }
    }
    return parcels;
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
    return marked(ASKED_BACK, id, app, after, limit, state -> state.phase() == Phase.RECALLING);
  }

  @Override
  public List<DeliveryId> held(RegistrationId id, AppId app, TaskId after, int limit) {
    return marked(
        OF_APP, id, app, after, limit, state -> state.isHeld() || state.phase() == Phase.PENDING);
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
  public Map<RegistrationId, Phase> phases(TaskId task, Collection<RegistrationId> among) {
    return reader.read(
        session -> {
          Map<RegistrationId, Phase> phases = new HashMap<>();
          Pages pages = Pages.all(session, task);
          known
              .numbered(session, among)
              .forEach(
                  (id, registration) ->
                      pages
                          .page(Pages.Key.of(task, registration))
                          .state(registration.place(), Instant.EPOCH)
                          .ifPresent(state -> phases.put(id, state.phase())));
          return phases;
        });
  }

  @Override
  public Census census(TaskId task) {
    return reader.read(session -> census(session, task));
  }

  Census census(Session session, TaskId task) throws SQLException {
    Pages pages = Pages.all(session, task);
    Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    int prevented = 0;
    int replaced = 0;
    for (Map.Entry<DeliveryState, Integer> entry : counts(pages).entrySet()) {
      phases.merge(entry.getKey().phase(), entry.getValue(), Integer::sum);
      if (entry.getKey() instanceof Recalled(var _, Recalled.How how)
          && how == Recalled.How.PREVENTED) {
        prevented += entry.getValue();
      }
      if (entry.getKey() instanceof Overridden(var _, var _, Overridden.How how)
          && how == Overridden.How.REPLACED) {
        replaced += entry.getValue();
      }
    }
    return new Census(phases, prevented, replaced);
  }

  private static Map<DeliveryState, Integer> counts(Pages pages) {
    Map<DeliveryState, Integer> counts = new HashMap<>();
    for (Marks marks : pages.all()) {
      marks.counts(Instant.EPOCH).forEach((state, many) -> counts.merge(state, many, Integer::sum));
    }
    return counts;
  }

  @Override
  public void recall(TaskId task, Instant now) {
    writer.submit(recall, new Moment(task, now), 1);
  }

  private int recall(Session session, Moment moment) throws SQLException {
    Broadcast broadcast = known.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null || broadcast.recalled()) {
      return 0;
    }
    Pages pages = Pages.lockAll(session, bulk, moment.task());
    change(session, broadcast, pages, Marks::recallAll);
    broadcast.recalledUntil(moment.now().plus(Recall.WINDOW)).write(session);
    return 1;
  }

  @Override
  public void stop(TaskId task, Instant now) {
    writer.submit(stop, new Moment(task, now), 1);
  }

  private int stop(Session session, Moment moment) throws SQLException {
    Broadcast broadcast = known.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null || broadcast.closed() != Closed.NO) {
      return 0;
    }
    change(session, broadcast, Pages.lockAll(session, bulk, moment.task()), Marks::stopAll);
    broadcast.stopped().write(session);
    return 1;
  }

  @Override
  public List<TaskId> due(Instant now, int limit) {
    return reader.read(
        session ->
            session.query(DUE, row -> new TaskId(row.getLong(1)), now.toEpochMilli(), limit));
  }

  @Override
  public void timeUp(TaskId task, Instant now) {
    writer.submit(timeUp, new Moment(task, now), 1);
  }

  private int timeUp(Session session, Moment moment) throws SQLException {
    Broadcast broadcast = known.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null) {
      return 0;
    }
    Pages pages = Pages.lockAll(session, bulk, moment.task());
    if (!broadcast.lapsed() && broadcast.isOver(moment.now())) {
      change(session, broadcast, pages, Marks::lapseAll);
    }
    if (broadcast.isGivenUp(moment.now())) {
      change(session, broadcast, pages, Marks::giveUpAll);
    }
    broadcast.passed(moment.now()).write(session);
    return 1;
  }

  private interface Step {
    void take(Marks marks);
  }

  private static void change(Session session, Broadcast broadcast, Pages pages, Step step)
      throws SQLException {
    Tally before = tally(pages);
    pages.all().forEach(step::take);
    pages.allChanged();
    pages.write(session);
    var tallying = new Tallying();
    tallying.add(broadcast.cell(), broadcast.task(), tally(pages).minus(before));
    tallying.write(session);
  }

  private static Tally tally(Pages pages) {
    Tally sum = Tally.NONE;
    for (Map.Entry<DeliveryState, Integer> entry : counts(pages).entrySet()) {
      sum = sum.plus(Milestones.of(entry.getKey()).times(entry.getValue()));
    }
    return sum;
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
    var taken = new ArrayList<Delivery>();
    String from = after;
    List<Numbered> step;
    do {
      step = session.query(AFTER, BroadcastRows::numbered, from, broadcast.app().value(), STEP);
      for (Numbered registration : step) {
        from = registration.id().value();
        mark(pages, broadcast, registration)
            .map(
                state ->
                    broadcast.delivery(
                        new DeliveryId(task, registration.id()),
                        registration.member().platform(),
                        state))
            .filter(isRoom(taken, limit))
            .ifPresent(taken::add);
      }
    } while (step.size() == STEP && taken.size() < limit);
    return taken;
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
