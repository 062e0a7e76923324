// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.store.sql.BroadcastRows.Numbered;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;

/// The chunks of marks that one transaction works on: locked, then changed in memory, then written.
final class Pages {
  private static final List<String> KEY = List.of("task_id", "chunk");

  private static final String BEGIN =
      "INSERT INTO broadcast_marks (task_id, chunk, marks) VALUES (?, ?, ?)"
          + " ON CONFLICT (task_id, chunk) DO NOTHING";

  private static final String WRITE =
      "UPDATE broadcast_marks SET marks = ? WHERE task_id = ? AND chunk = ?";

  private static final String OF_TASK =
      "SELECT task_id, chunk, marks FROM broadcast_marks WHERE task_id = ? ORDER BY chunk";

  private static final byte[] NOBODY = {};

  /// One chunk of one broadcast.
  record Key(TaskId task, int chunk) implements Comparable<Key> {
    static Key of(TaskId task, Numbered registration) {
      return new Key(task, registration.chunk());
    }

    Object[] values() {
      return new Object[] {task.value(), chunk};
    }

    @Override
    public int compareTo(Key other) {
      int byTask = task.compareTo(other.task);
      return byTask == 0 ? Integer.compare(chunk, other.chunk) : byTask;
    }
  }

  private final Map<Key, Marks> pages = new HashMap<>();
  private final Set<Key> changed = new HashSet<>();

  private Pages() {}

  /// Nobody else changes these chunks until the transaction ends. Ones that are not there begin
  /// empty.
  static Pages lock(Session session, Bulk bulk, Collection<Key> keys) throws SQLException {
    var pages = new Pages();
    List<Object[]> sorted = new ArrayList<>();
    for (Key key : new TreeSet<>(keys)) {
      session.update(BEGIN, key.task().value(), key.chunk(), NOBODY);
      sorted.add(key.values());
    }
    bulk.lock(session, Tables.MARKS, KEY, sorted, pages::read);
    return pages;
  }

  /// All chunks of a broadcast, locked. Its row must be locked already, so that none is added.
  static Pages lockAll(Session session, Bulk bulk, TaskId task) throws SQLException {
    return lock(session, bulk, all(session, task).pages.keySet());
  }

  /// All chunks of a broadcast, to look at.
  static Pages all(Session session, TaskId task) throws SQLException {
    var pages = new Pages();
    session.query(OF_TASK, pages::read, task.value());
    return pages;
  }

  /// Some chunks, to look at.
  static Pages of(Session session, Bulk bulk, Collection<Key> keys) throws SQLException {
    var pages = new Pages();
    List<Object[]> values = keys.stream().distinct().map(Key::values).toList();
    bulk.select(session, Tables.MARKS, KEY, values, pages::read);
    return pages;
  }

  private Marks read(ResultSet row) throws SQLException {
    Marks marks = Marks.read(row.getBytes(3));
    pages.put(new Key(new TaskId(row.getLong(1)), row.getInt(2)), marks);
    return marks;
  }

  Marks page(Key key) {
    return pages.getOrDefault(key, new Marks());
  }

  Collection<Marks> all() {
    return pages.values();
  }

  /// How many registrations have a state of each form.
  Map<DeliveryState, Integer> counts() {
    Map<DeliveryState, Integer> counts = new HashMap<>();
    for (Marks marks : pages.values()) {
      marks.counts(Instant.EPOCH).forEach((state, many) -> counts.merge(state, many, Integer::sum));
    }
    return counts;
  }

  /// The numbers of all registrations that have a state.
  RoaringBitmap numbers() {
    var numbers = new RoaringBitmap();
    pages.forEach(
        (key, marks) ->
            numbers.or(
                RoaringBitmap.addOffset(marks.places(), SqlSegments.number(key.chunk(), 0))));
    return numbers;
  }

  void changed(Key key) {
    changed.add(key);
  }

  void allChanged() {
    changed.addAll(pages.keySet());
  }

  void write(Session session) throws SQLException {
    var rows = new ArrayList<Object[]>(changed.size());
    for (Key key : new TreeSet<>(changed)) {
      rows.add(new Object[] {page(key).write(), key.task().value(), key.chunk()});
    }
    if (!rows.isEmpty()) {
      session.updateEach(WRITE, rows);
    }
  }
}
