// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.DeliveryStore.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Applies the lifecycle to many deliveries at once: reads and locks them all in one order, moves
/// them in memory, and writes back each that moved, once.
final class Records implements Write<List<Change>, List<Transition>> {
  private static final Comparator<DeliveryId> KEY_ORDER =
      Comparator.comparing(DeliveryId::task).thenComparing(DeliveryId::registration);

  /// A delivery that has a row, where it counts, and what is told of it.
  private record Held(Delivery delivery, TallyKey tally, int told) {
    Held moved(DeliveryState to) {
      Delivery after = delivery.withState(to);
      return new Held(after, tally.of(after.channel()), told);
    }
  }

  private final Bulk bulk;
  private final Known broadcasts;

  Records(Bulk bulk, Known broadcasts) {
    this.bulk = bulk;
    this.broadcasts = broadcasts;
  }

  @Override
  public List<List<Transition>> run(Session session, List<List<Change>> commands)
      throws SQLException {
    var ids = new TreeSet<>(KEY_ORDER);
    commands.forEach(changes -> changes.forEach(change -> ids.add(change.id())));
    var tallying = new Tallying();
    var telling = new Telling();
    var work =
        new Work(tallying, telling, rows(session, ids), marks(session, ids, tallying, telling));

    var answers = new ArrayList<List<Transition>>(commands.size());
    for (List<Change> changes : commands) {
      answers.add(changes.stream().map(work::apply).toList());
    }
    work.write(session);
    tallying.write(session);
    telling.write(session, bulk);
    return answers;
  }

  private Map<DeliveryId, Held> rows(Session session, Set<DeliveryId> ids) throws SQLException {
    var held = new HashMap<DeliveryId, Held>();
    bulk.lock(
            session,
            Tables.DELIVERIES,
            DeliveryRows.KEY,
            ids.stream().filter(id -> !broadcasts.has(id.task())).map(DeliveryRows::key).toList(),
            row ->
                new Held(
                    DeliveryRows.delivery(row), DeliveryRows.tally(row), DeliveryRows.told(row)))
        .forEach(each -> held.put(each.delivery().id(), each));
    // What has no row may be of a broadcast that nobody has told us of yet.
    ids.removeIf(held::containsKey);
    return held;
  }

  private Marked marks(Session session, Set<DeliveryId> ids, Tallying tallying, Telling telling)
      throws SQLException {
    Set<TaskId> tasks = new HashSet<>();
    ids.forEach(id -> tasks.add(id.task()));
    return tasks.isEmpty()
        ? Marked.none()
        : Marked.lock(
            session, bulk, broadcasts, broadcasts.lock(session, tasks), ids, tallying, telling);
  }

  /// One group of changes.
  private final class Work {
    private final Tallying tallying;
    private final Telling telling;
    private final Map<DeliveryId, Held> held;
    private final Marked marked;
    private final Set<DeliveryId> moved = new HashSet<>();

    Work(Tallying tallying, Telling telling, Map<DeliveryId, Held> held, Marked marked) {
      this.tallying = tallying;
      this.telling = telling;
      this.held = held;
      this.marked = marked;
    }

    Transition apply(Change change) {
      Held before = held.get(change.id());
      if (before == null) {
        return marked.apply(change);
      }
      Transition transition = Lifecycle.apply(before.delivery().state(), change.event());
      if (transition instanceof Moved(var from, var to)) {
        Held after = before.moved(to);
        held.put(change.id(), after);
        moved.add(change.id());
        count(before, from, after, to);
        telling.moved(change.id(), before.told(), from, to, change.event().at());
      }
      return transition;
    }

    private void count(Held before, DeliveryState from, Held after, DeliveryState to) {
      var app = before.delivery().app();
      TaskId task = before.delivery().id().task();
      var cell = Tallying.Cell.of(app, before.tally());
      if (before.tally().equals(after.tally())) {
        tallying.moved(cell, task, from, to);
      } else {
        tallying.add(
            cell,
            task,
            dev.boomerang.model.push.DeliveryCounts.NONE.minus(DeliveryFunnel.of(from)));
        tallying.add(Tallying.Cell.of(app, after.tally()), task, DeliveryFunnel.of(to));
      }
    }

    void write(Session session) throws SQLException {
      List<Object[]> rows =
          held.values().stream()
              .filter(each -> moved.contains(each.delivery().id()))
              .map(each -> DeliveryRows.change(each.delivery(), each.tally()))
              .toList();
      bulk.update(session, Tables.DELIVERIES, DeliveryRows.STATE, DeliveryRows.KEY, rows);
      marked.write(session);
    }
  }
}
