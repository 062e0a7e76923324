// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.effect;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects what one transaction adds to the statistics; written once, at its end, in one order for
/// all, so that no two transactions wait for each other.
public final class StatisticsDelta {
  private static final int SHARDS = 16;

  /// Stands for a platform or channel that is not known.
  public static final String NONE = "";

  private static final String ADD_SUMS =
      " ON CONFLICT (%s) DO UPDATE SET total = %s.total + excluded.total,"
          + " pushed = %s.pushed + excluded.pushed, arrived = %s.arrived + excluded.arrived,"
          + " opened = %s.opened + excluded.opened, ignored = %s.ignored + excluded.ignored";

  private static final String ADD =
      "INSERT INTO statistics (app, hour, kind, platform, channel, shard, total, pushed, arrived,"
          + " opened, ignored) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + ADD_SUMS
              .replace("(%s)", "(app, hour, kind, platform, channel, shard)")
              .replace("%s", "statistics");

  private static final String ADD_TO_TASK =
      "INSERT INTO task_statistics (task_id, shard, total, pushed, arrived, opened, ignored)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)"
          + ADD_SUMS.replace("(%s)", "(task_id, shard)").replace("%s", "task_statistics");

  /// Names the row of the statistics in which a delivery counts.
  public record Bucket(AppId app, long hour, Source.Kind kind, String platform, String channel)
      implements Comparable<Bucket> {
    private static final Comparator<Bucket> ORDER =
        Comparator.comparing((Bucket bucket) -> bucket.app().value())
            .thenComparing(Bucket::hour)
            .thenComparing(Bucket::kind)
            .thenComparing(Bucket::platform)
            .thenComparing(Bucket::channel);

    public static Bucket of(AppId app, StatisticsKey key) {
      return new Bucket(app, key.hour(), key.kind(), key.platform().wire(), key.channel().value());
    }

    public static Bucket ofUnmatched(Task task) {
      return new Bucket(task.app(), StatisticsKey.hour(task), task.source().kind(), NONE, NONE);
    }

    @Override
    public int compareTo(Bucket other) {
      return ORDER.compare(this, other);
    }
  }

  private final Map<Bucket, DeliveryCounts> byBucket = new HashMap<>();
  private final Map<TaskId, DeliveryCounts> byTask = new HashMap<>();

  public void add(Bucket bucket, TaskId task, DeliveryCounts deliveryCounts) {
    byBucket.merge(bucket, deliveryCounts, DeliveryCounts::plus);
    if (bucket.kind().isTask()) {
      byTask.merge(task, deliveryCounts, DeliveryCounts::plus);
    }
  }

  public void transitioned(Bucket bucket, TaskId task, DeliveryState from, DeliveryState to) {
    DeliveryCounts difference = DeliveryFunnel.of(to).minus(DeliveryFunnel.of(from));
    if (!difference.isZero()) {
      add(bucket, task, difference);
    }
  }

  /// Writes the sums to rows of this thread's shard, so that writers do not wait for each other.
  public void write(SqlSession session) throws SQLException {
    int shard = (int) Thread.currentThread().threadId() % SHARDS;
    var rows = new ArrayList<Object[]>();
    byBucket.entrySet().stream()
        .filter(entry -> !entry.getValue().isZero())
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> rows.add(row(entry.getKey(), shard, entry.getValue())));
    if (!rows.isEmpty()) {
      session.updateEach(ADD, rows);
    }
    List<Object[]> taskRows =
        byTask.entrySet().stream()
            .filter(entry -> !entry.getValue().isZero())
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> row(entry.getKey(), shard, entry.getValue()))
            .toList();
    if (!taskRows.isEmpty()) {
      session.updateEach(ADD_TO_TASK, taskRows);
    }
  }

  private static Object[] row(Bucket bucket, int shard, DeliveryCounts t) {
    return new Object[] {
      bucket.app().value(),
      bucket.hour(),
      bucket.kind().wire(),
      bucket.platform(),
      bucket.channel(),
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
