// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.store.sql.codec.PushCodec;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.jdbc.StoredText;
import java.sql.SQLException;

/// Begins and ends paced runs, in the transactions that store and close their broadcasts.
final class PacedRunRows {
  private static final int NO_NODE = -1;

  private static final String INSERT =
      "INSERT INTO paced_runs (task_id, app, send_rate, audience, released, chunk, running, node,"
          + " leased_until) VALUES (?, ?, ?, ?, 0, 0, ?, "
          + NO_NODE
          + ", 0)";

  private static final String END =
      "UPDATE paced_runs SET running = 0 WHERE task_id = ? AND running = 1";

  private PacedRunRows() {}

  /// Stores a run; `audience` counts the registrations that are still to be released.
  static void insert(SqlSession session, Task task, SendRate sendRate, long audience)
      throws SQLException {
    session.update(
        INSERT,
        task.id().value(),
        task.app().value(),
        StoredText.of(PushCodec.sendRate(sendRate)),
        audience,
        audience > 0 ? 1 : 0);
  }

  /// Ends a run, if there is one. The broadcast's row must be locked.
  static void end(SqlSession session, TaskId task) throws SQLException {
    session.update(END, task.value());
  }
}
