// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.StatisticsStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

final class SqlTallies implements StatisticsStore {
  private static final String SUMS =
      "SELECT sum(total), sum(pushed), sum(arrived), sum(opened), sum(ignored) FROM ";

  private static final String SUM = SUMS + "tallies WHERE app = ? AND hour >= ? AND hour < ?";
  private static final String OF_TASK = SUMS + "task_tallies WHERE task_id = ?";

  private static final String STATES = "SELECT phase, state FROM deliveries WHERE task_id = ?";

  private final Reader reader;
  private final Bulk bulk;

  SqlTallies(Reader reader, Bulk bulk) {
    this.reader = reader;
    this.bulk = bulk;
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
    return reader.read(
        session ->
            session
                .first(sql.toString(), SqlTallies::tally, arguments.toArray())
                .orElse(DeliveryCounts.NONE));
  }

  private static void also(StringBuilder sql, List<Object> arguments, String column, String value) {
    sql.append(" AND ").append(column).append(" = ?");
    arguments.add(value);
  }

  @Override
  public Map<TaskId, DeliveryCounts> ofTasks(Collection<TaskId> ids) {
    return reader.read(
        session -> {
          List<Object[]> keys = ids.stream().map(id -> new Object[] {id.value()}).toList();
          Map<TaskId, DeliveryCounts> tallies = new HashMap<>();
          for (Task task :
              bulk.select(session, Tables.TASKS, List.of("id"), keys, TaskRows::task)) {
            tallies.put(task.id(), ofTask(session, task));
          }
          return tallies;
        });
  }

  @Override
  public Map<PlatformChannel, ChannelShare> shares(TaskId task) {
    return reader.read(session -> Shares.of(session, bulk, task));
  }

  private static DeliveryCounts ofTask(Session session, Task task) throws SQLException {
    Long id = task.id().value();
    if (task.source().kind().isTask()) {
      return session.first(OF_TASK, SqlTallies::tally, id).orElse(DeliveryCounts.NONE);
    }
    return session
        .query(
            STATES,
            row ->
                DeliveryFunnel.of(StateText.read(Phases.named(row.getString(1)), row.getString(2))),
            id)
        .stream()
        .reduce(new DeliveryCounts(task.counts().unmatched(), 0, 0, 0, 0), DeliveryCounts::plus);
  }

  private static DeliveryCounts tally(ResultSet row) throws SQLException {
    return new DeliveryCounts(
        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
  }
}
