// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.model.Recall;
import dev.boomerang.model.Tally;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.BroadcastStore.Closed;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What ends a broadcast: each is one transaction that holds its row and moves all its marks, chunk
/// by chunk, and none writes notes for callbacks.
final class Closings {
  private record Moment(TaskId task, Instant now) {}

  private final Writer writer;
  private final Bulk bulk;
  private final Known known;
  private final Write<Moment, Integer> stop = Write.each(this::stop);
  private final Write<Moment, Integer> recall = Write.each(this::recall);
  private final Write<Moment, Integer> timeUp = Write.each(this::timeUp);

  Closings(Writer writer, Bulk bulk, Known known) {
    this.writer = writer;
    this.bulk = bulk;
    this.known = known;
  }

  void recall(TaskId task, Instant now) {
    writer.submit(recall, new Moment(task, now), 1);
  }

  void stop(TaskId task, Instant now) {
    writer.submit(stop, new Moment(task, now), 1);
  }

  void timeUp(TaskId task, Instant now) {
    writer.submit(timeUp, new Moment(task, now), 1);
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

  private int stop(Session session, Moment moment) throws SQLException {
    Broadcast broadcast = known.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null || broadcast.closed() != Closed.NO) {
      return 0;
    }
    change(session, broadcast, Pages.lockAll(session, bulk, moment.task()), Marks::stopAll);
    broadcast.stopped().write(session);
    return 1;
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
    for (Map.Entry<DeliveryState, Integer> entry : pages.counts().entrySet()) {
      sum = sum.plus(Milestones.of(entry.getKey()).times(entry.getValue()));
    }
    return sum;
  }
}
