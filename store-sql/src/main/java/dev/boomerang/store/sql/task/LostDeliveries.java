// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.task;

import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.effect.StatisticsDelta;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.row.TaskRows;
import dev.boomerang.store.sql.schema.Tables;
import dev.boomerang.store.sql.transaction.QueryRunner;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks at a start for tasks that have fewer deliveries than they were accepted with, as in a
/// database that was damaged from outside. Which registrations are missing cannot be known any
/// more, so they are counted as unmatched, with their cause. A task that lost all deliveries gives
/// up the names by which its caller knows it: sent again, the push is accepted anew.
///
/// What was looked at once is not looked at again, so that a start costs what came since the last.
public final class LostDeliveries implements AutoCloseable {
  /// Names the cause under which a task counts the registrations that lost their deliveries.
  static final String LOST = "lost";

  private static final System.Logger LOG = System.getLogger(LostDeliveries.class.getName());
  private static final int PAGE = 500;

  private static final String WATERMARK =
      "SELECT value FROM counters WHERE name = 'deliveries-verified'";

  private static final String ADVANCE =
      "INSERT INTO counters (name, value) VALUES ('deliveries-verified', ?)"
          + " ON CONFLICT (name) DO UPDATE SET value = excluded.value";

  private static final String COUNTED =
      "(SELECT count(*) FROM deliveries WHERE deliveries.task_id = t.id)";

  /// Excludes broadcasts, whose deliveries are bits and not rows.
  private static final String FEWER =
      "SELECT t.id, t.deliveries > "
          + COUNTED
          + " AND NOT EXISTS (SELECT 1 FROM broadcasts WHERE broadcasts.task_id = t.id) AS lost"
          + " FROM tasks AS t WHERE t.id > ? ORDER BY t.id"
          + Tables.LIMIT;

  private static final String LEFT =
      "SELECT count(*) AS deliveries FROM deliveries WHERE task_id = ?";
  private static final String COUNTED_ONCE =
      "SELECT sum(total) AS total FROM task_statistics WHERE task_id = ?";

  private static final String CORRECT =
      "UPDATE tasks SET deliveries = ?, unmatched = ?, skipped = ? WHERE id = ?";

  private static final String FREE_REQUEST =
      "UPDATE tasks SET request_scope = NULL, request_key = NULL WHERE id = ?";

  private static final String FREE_MESSAGES =
      "UPDATE messages SET message_id = NULL WHERE task_id = ?";

  private final QueryRunner queryRunner;
  private final Writer writer;
  private final BatchSql batchSql;
  private final WriteHandler<TaskId, Integer> correct = WriteHandler.each(this::correct);
  private final WriteHandler<Long, Integer> advance = WriteHandler.each(LostDeliveries::advance);
  private final Thread thread = Thread.ofVirtual().name("lost-deliveries").unstarted(this::run);
  private volatile boolean closing;

  public LostDeliveries(QueryRunner queryRunner, Writer writer, BatchSql batchSql) {
    this.queryRunner = queryRunner;
    this.writer = writer;
    this.batchSql = batchSql;
  }

  /// Checks the first page at once, and the others in the background.
  public void start() {
    if (verified()) {
      thread.start();
    }
  }

  private record Verified(TaskId task, boolean lost) {}

  /// Runs as the body of the thread.
  private void run() {
    boolean more = true;
    while (more && !closing) {
      more = verified();
    }
  }

  /// Checks a page and returns whether there may be another. A page that fails is checked at the
  /// next start.
  private boolean verified() {
    try {
      return verifyPage();
    } catch (StoreException e) {
      LOG.log(e.failure().logLevel(), "event=lost-deliveries-not-searched", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "event=lost-deliveries-not-searched", e);
    }
    return false;
  }

  private boolean verifyPage() {
    List<Verified> page =
        page(
            queryRunner.read(
                session -> session.first(WATERMARK, row -> row.getLong("value")).orElse(0L)));
    page.stream().filter(Verified::lost).forEach(each -> end(each.task()));
    if (!page.isEmpty()) {
      writer.submit(advance, page.getLast().task().value(), 1);
    }
    return page.size() == PAGE;
  }

  private List<Verified> page(long after) {
    return queryRunner.read(
        session ->
            session.query(
                FEWER,
                row -> new Verified(new TaskId(row.getLong("id")), row.getBoolean("lost")),
                after,
                PAGE));
  }

  private static int advance(SqlSession session, Long to) throws SQLException {
    return session.update(ADVANCE, to);
  }

  private void end(TaskId task) {
    int lost = writer.submit(correct, task, 1);
    if (lost > 0) {
      LOG.log(
          System.Logger.Level.ERROR,
          "event=deliveries-lost task="
              + task
              + " count="
              + lost
              + " detail=the store had the task without them; they count as unmatched");
    }
  }

  /// Returns how many are missing. Holds the task's row, so that none is added meanwhile.
  private int correct(SqlSession session, TaskId id) throws SQLException {
    Optional<Task> found =
        batchSql
            .lock(
                session,
                Tables.TASKS,
                List.of("id"),
                List.<Object[]>of(new Object[] {id.value()}),
                TaskRows::task)
            .stream()
            .findFirst();
    int left = session.first(LEFT, row -> row.getInt("deliveries"), id.value()).orElse(0);
    int lost = found.map(task -> task.counts().deliveries() - left).orElse(0);
    if (found.isEmpty() || lost <= 0) {
      return 0;
    }
    Task.TargetCounts targetCounts = found.get().counts();
    Map<String, Integer> causes = new HashMap<>(targetCounts.skipped());
    causes.merge(LOST, lost, Integer::sum);
    int unreached = targetCounts.unmatched() + lost;
    session.update(CORRECT, left, unreached, TaskRows.skipped(causes), id.value());
    if (left == 0) {
      session.update(FREE_REQUEST, id.value());
      session.update(FREE_MESSAGES, id.value());
    }
    count(session, found.get(), left + unreached);
    return lost;
  }

  /// Adds to a listed task's statistics what they lack of its total.
  private static void count(SqlSession session, Task task, int total) throws SQLException {
    long counted =
        session.first(COUNTED_ONCE, row -> row.getLong("total"), task.id().value()).orElse(0L);
    if (task.source().kind().isTask() && counted < total) {
      var statisticsDelta = new StatisticsDelta();
      statisticsDelta.add(
          StatisticsDelta.Bucket.ofUnmatched(task),
          task.id(),
          new DeliveryCounts(total - counted, 0, 0, 0, 0));
      statisticsDelta.write(session);
    }
  }

  /// Returns when the page under way is done.
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
