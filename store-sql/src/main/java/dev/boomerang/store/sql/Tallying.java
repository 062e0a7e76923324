// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one transaction adds to the sums; written once, at its end, in one order for all, so that
/// no two transactions wait for each other.
final class Tallying {
  private static final int SHARDS = 16;

  /// Where the platform or channel is not known.
  static final String NONE = "";

  private static final String ADD_SUMS =
      " ON CONFLICT (%s) DO UPDATE SET total = %s.total + excluded.total,"
          + " pushed = %s.pushed + excluded.pushed, arrived = %s.arrived + excluded.arrived,"
          + " opened = %s.opened + excluded.opened, ignored = %s.ignored + excluded.ignored";

  private static final String ADD =
      "INSERT INTO tallies (app, hour, kind, platform, channel, shard, total, pushed, arrived,"
          + " opened, ignored) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + ADD_SUMS
              .replace("(%s)", "(app, hour, kind, platform, channel, shard)")
              .replace("%s", "tallies");

  private static final String ADD_TO_TASK =
      "INSERT INTO task_tallies (task_id, shard, total, pushed, arrived, opened, ignored)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)"
          + ADD_SUMS.replace("(%s)", "(task_id, shard)").replace("%s", "task_tallies");

  /// Under what a delivery counts.
  record Cell(AppId app, long hour, Source.Kind kind, String platform, String channel)
      implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER =
        Comparator.comparing((Cell cell) -> cell.app().value())
            .thenComparing(Cell::hour)
            .thenComparing(Cell::kind)
            .thenComparing(Cell::platform)
            .thenComparing(Cell::channel);

    static Cell of(AppId app, TallyKey key) {
      return new Cell(app, key.hour(), key.kind(), key.platform().wire(), key.channel().value());
    }

    static Cell ofUnreached(Task task) {
      return new Cell(task.app(), TallyKey.hour(task), task.source().kind(), NONE, NONE);
    }

    @Override
    public int compareTo(Cell other) {
      return ORDER.compare(this, other);
    }
  }

  private final Map<Cell, DeliveryCounts> cells = new HashMap<>();
  private final Map<TaskId, DeliveryCounts> tasks = new HashMap<>();

  void add(Cell cell, TaskId task, DeliveryCounts deliveryCounts) {
    cells.merge(cell, deliveryCounts, DeliveryCounts::plus);
    if (cell.kind().isTask()) {
      tasks.merge(task, deliveryCounts, DeliveryCounts::plus);
    }
  }

  void moved(Cell cell, TaskId task, DeliveryState from, DeliveryState to) {
    DeliveryCounts difference = DeliveryFunnel.of(to).minus(DeliveryFunnel.of(from));
    if (!difference.isZero()) {
      add(cell, task, difference);
    }
  }

  /// Each writer has rows of its own, so that none waits for another's.
  void write(Session session) throws SQLException {
    int shard = (int) Thread.currentThread().threadId() % SHARDS;
    var rows = new ArrayList<Object[]>();
    cells.entrySet().stream()
        .filter(entry -> !entry.getValue().isZero())
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> rows.add(row(entry.getKey(), shard, entry.getValue())));
    if (!rows.isEmpty()) {
      session.updateEach(ADD, rows);
    }
    List<Object[]> taskRows =
        tasks.entrySet().stream()
            .filter(entry -> !entry.getValue().isZero())
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> row(entry.getKey(), shard, entry.getValue()))
            .toList();
    if (!taskRows.isEmpty()) {
      session.updateEach(ADD_TO_TASK, taskRows);
    }
  }

  private static Object[] row(Cell cell, int shard, DeliveryCounts t) {
    return new Object[] {
      cell.app().value(),
      cell.hour(),
      cell.kind().wire(),
      cell.platform(),
      cell.channel(),
      shard,
      t.total(),
      t.pushed(),
      t.arrived(),
      t.opened(),
      t.ignored()
    };
  }

  private static Object[] row(TaskId task, int shard, DeliveryCounts t) {
    return new Object[] {
      task.value(), shard, t.total(), t.pushed(), t.arrived(), t.opened(), t.ignored()
    };
  }
}
