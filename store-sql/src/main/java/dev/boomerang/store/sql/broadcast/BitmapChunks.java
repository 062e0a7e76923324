// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.registration.NumberChunks;
import dev.boomerang.store.sql.registration.NumberedRegistration;
import dev.boomerang.store.sql.schema.Tables;
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

/// Holds the state bitmaps that one transaction works on: locked, then changed in memory, then
/// written.
public final class BitmapChunks {
  private static final List<String> KEY = List.of("task_id", "chunk");

  private static final String BEGIN =
      "INSERT INTO broadcast_states (task_id, chunk, states) VALUES (?, ?, ?)"
          + " ON CONFLICT (task_id, chunk) DO NOTHING";

  private static final String WRITE =
      "UPDATE broadcast_states SET states = ? WHERE task_id = ? AND chunk = ?";

  private static final String OF_TASK =
      "SELECT task_id, chunk, states FROM broadcast_states WHERE task_id = ? ORDER BY chunk";

  private static final byte[] NOBODY = {};

  /// Names one chunk of one broadcast.
  public record Key(TaskId task, int chunk) implements Comparable<Key> {
    public static Key of(TaskId task, NumberedRegistration registration) {
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

  private final Map<Key, StateBitmaps> chunks = new HashMap<>();
  private final Set<Key> changed = new HashSet<>();

  private BitmapChunks() {}

  /// Locks chunks until the transaction ends. Missing ones begin empty.
  static BitmapChunks lock(SqlSession session, BatchSql batchSql, Collection<Key> keys)
      throws SQLException {
    var bitmapChunks = new BitmapChunks();
    List<Object[]> sorted = new ArrayList<>();
    for (Key key : new TreeSet<>(keys)) {
      session.update(BEGIN, key.task().value(), key.chunk(), NOBODY);
      sorted.add(key.values());
    }
    batchSql.lock(session, Tables.BROADCAST_STATES, KEY, sorted, bitmapChunks::read);
    return bitmapChunks;
  }

  /// Locks all chunks of a broadcast. Its row must be locked already, so that none is added.
  static BitmapChunks lockAll(SqlSession session, BatchSql batchSql, TaskId task)
      throws SQLException {
    return lock(session, batchSql, loadAll(session, task).chunks.keySet());
  }

  /// Reads all chunks of a broadcast without locking them.
  public static BitmapChunks loadAll(SqlSession session, TaskId task) throws SQLException {
    var bitmapChunks = new BitmapChunks();
    session.query(OF_TASK, bitmapChunks::read, task.value());
    return bitmapChunks;
  }

  /// Reads some chunks without locking them.
  public static BitmapChunks load(SqlSession session, BatchSql batchSql, Collection<Key> keys)
      throws SQLException {
    var bitmapChunks = new BitmapChunks();
    List<Object[]> values = keys.stream().distinct().map(Key::values).toList();
    batchSql.select(session, Tables.BROADCAST_STATES, KEY, values, bitmapChunks::read);
    return bitmapChunks;
  }

  private StateBitmaps read(Row row) throws SQLException {
    StateBitmaps stateBitmaps = StateBitmaps.read(row.getBytes("states"));
    chunks.put(new Key(new TaskId(row.getLong("task_id")), row.getInt("chunk")), stateBitmaps);
    return stateBitmaps;
  }

  public StateBitmaps chunk(Key key) {
    return chunks.getOrDefault(key, new StateBitmaps());
  }

  Collection<StateBitmaps> states() {
    return chunks.values();
  }

  /// Returns how many registrations have a state of each form.
  Map<DeliveryState, Integer> counts() {
    Map<DeliveryState, Integer> counts = new HashMap<>();
    for (StateBitmaps stateBitmaps : chunks.values()) {
      stateBitmaps
          .counts(Instant.EPOCH)
          .forEach((state, many) -> counts.merge(state, many, Integer::sum));
    }
    return counts;
  }

  /// Returns the numbers of all registrations that have a state.
  RoaringBitmap numbers() {
    var numbers = new RoaringBitmap();
    chunks.forEach(
        (key, stateBitmaps) ->
            numbers.or(
                RoaringBitmap.addOffset(
                    stateBitmaps.offsets(), NumberChunks.number(key.chunk(), 0))));
    return numbers;
  }

  void setChanged(Key key) {
    changed.add(key);
  }

  void setAllChanged() {
    changed.addAll(chunks.keySet());
  }

  void write(SqlSession session) throws SQLException {
    var rows = new ArrayList<Object[]>(changed.size());
    for (Key key : new TreeSet<>(changed)) {
      rows.add(new Object[] {chunk(key).write(), key.task().value(), key.chunk()});
    }
    if (!rows.isEmpty()) {
      session.updateEach(WRITE, rows);
    }
  }
}
