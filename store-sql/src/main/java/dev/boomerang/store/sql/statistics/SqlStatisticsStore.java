// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.statistics;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.StatisticsStore;
import dev.boomerang.store.sql.codec.DeliveryStateCodec;
import dev.boomerang.store.sql.codec.DeliveryStatusCodec;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.row.TaskRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

public final class SqlStatisticsStore implements StatisticsStore {
  private static final String SUMS =
      "SELECT sum(total) AS total, sum(pushed) AS pushed, sum(arrived) AS arrived,"
          + " sum(opened) AS opened, sum(ignored) AS ignored FROM ";

  private static final String SUM = SUMS + "statistics WHERE app = ? AND hour >= ? AND hour < ?";
  private static final String OF_TASK = SUMS + "task_statistics WHERE task_id = ?";

  private static final String STATES = "SELECT status, state FROM deliveries WHERE task_id = ?";

  private final QueryRunner queryRunner;
  private final BatchSql batchSql;

  public SqlStatisticsStore(QueryRunner queryRunner, BatchSql batchSql) {
    this.queryRunner = queryRunner;
    this.batchSql = batchSql;
  }

  @Override
  public DeliveryCounts sum(Filter filter) {
    var sql = new StringBuilder(SUM);
    var arguments = new ArrayList<Object>();
    arguments.add(filter.app().value());
    arguments.add(TimeUnit.MILLISECONDS.toHours(filter.from().toEpochMilli()));
    arguments.add(TimeUnit.MILLISECONDS.toHours(filter.to().toEpochMilli()));
    filter.kind().ifPresent(kind -> also(sql, arguments, "kind", kind.wire()));
    filter.platform().ifPresent(platform -> also(sql, arguments, "platform", platform.wire()));
    filter.channel().ifPresent(channel -> also(sql, arguments, "channel", channel.value()));
    return queryRunner.read(
        session ->
            session
                .first(sql.toString(), SqlStatisticsStore::deliveryCounts, arguments.toArray())
                .orElse(DeliveryCounts.NONE));
  }

  private static void also(StringBuilder sql, List<Object> arguments, String column, String value) {
    sql.append(" AND ").append(column).append(" = ?");
    arguments.add(value);
  }

  @Override
  public Map<TaskId, DeliveryCounts> ofTasks(Collection<TaskId> ids) {
    return queryRunner.read(
        session -> {
          List<Object[]> keys = ids.stream().map(id -> new Object[] {id.value()}).toList();
          Map<TaskId, DeliveryCounts> counts = new HashMap<>();
          for (Task task :
              batchSql.select(session, Tables.TASKS, List.of("id"), keys, TaskRows::task)) {
            counts.put(task.id(), ofTask(session, task));
          }
          return counts;
        });
  }

  @Override
  public Map<PlatformChannel, ChannelShare> shares(TaskId task) {
    return queryRunner.read(session -> TaskBreakdown.load(session, batchSql, task));
  }

  private static DeliveryCounts ofTask(SqlSession session, Task task) throws SQLException {
    Long id = task.id().value();
    if (task.source().kind().isTask()) {
      return session
          .first(OF_TASK, SqlStatisticsStore::deliveryCounts, id)
          .orElse(DeliveryCounts.NONE);
    }
    return session
        .query(
            STATES,
            row ->
                DeliveryFunnel.of(
                    DeliveryStateCodec.read(
                        DeliveryStatusCodec.parse(row.getString("status")),
                        row.getString("state"))),
            id)
        .stream()
        .reduce(new DeliveryCounts(task.counts().unmatched(), 0, 0, 0, 0), DeliveryCounts::plus);
  }

  private static DeliveryCounts deliveryCounts(Row row) throws SQLException {
    return new DeliveryCounts(
        row.getLong("total"),
        row.getLong("pushed"),
        row.getLong("arrived"),
        row.getLong("opened"),
        row.getLong("ignored"));
  }
}
