// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.BroadcastStore.CloseReason;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What ends a broadcast: each is one transaction that holds its row and moves all its marks, chunk
/// by chunk, and none writes notes for callbacks.
final class Closings {
  private record Moment(TaskId task, Instant now) {}

  private final Writer writer;
  private final Bulk bulk;
  private final Known known;
  private final Write<Moment, TransitionCounts> stop = Write.each(this::stop);
  private final Write<Moment, TransitionCounts> recall = Write.each(this::recall);
  private final Write<Moment, TransitionCounts> timeUp = Write.each(this::timeUp);

  Closings(Writer writer, Bulk bulk, Known known) {
    this.writer = writer;
    this.bulk = bulk;
    this.known = known;
  }

  TransitionCounts recall(TaskId task, Instant now) {
    return writer.submit(recall, new Moment(task, now), 1);
  }

  TransitionCounts stop(TaskId task, Instant now) {
    return writer.submit(stop, new Moment(task, now), 1);
  }

  TransitionCounts timeUp(TaskId task, Instant now) {
    return writer.submit(timeUp, new Moment(task, now), 1);
  }

  private TransitionCounts recall(Session session, Moment moment) throws SQLException {
    Broadcast broadcast = known.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null || broadcast.recalled()) {
      return TransitionCounts.NONE;
    }
    Pages pages = Pages.lockAll(session, bulk, moment.task());
    TransitionCounts moved = change(session, broadcast, pages, Marks::recallAll);
    broadcast.recalledUntil(moment.now().plus(Recall.WINDOW)).write(session);
    return moved;
  }

  private TransitionCounts stop(Session session, Moment moment) throws SQLException {
    Broadcast broadcast = known.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null || broadcast.closeReason() != CloseReason.NO) {
      return TransitionCounts.NONE;
    }
    Pages pages = Pages.lockAll(session, bulk, moment.task());
    TransitionCounts moved = change(session, broadcast, pages, Marks::stopAll);
    broadcast.stopped().write(session);
    return moved;
  }

  private TransitionCounts timeUp(Session session, Moment moment) throws SQLException {
    Broadcast broadcast = known.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null) {
      return TransitionCounts.NONE;
    }
    Pages pages = Pages.lockAll(session, bulk, moment.task());
    var moved = TransitionCounts.NONE;
    if (!broadcast.lapsed() && broadcast.isOver(moment.now())) {
      moved = change(session, broadcast, pages, Marks::lapseAll);
    }
    if (broadcast.isGivenUp(moment.now())) {
      moved = moved.plus(change(session, broadcast, pages, Marks::giveUpAll));
    }
    broadcast.passed(moment.now()).write(session);
    return moved;
  }

  private interface Step {
    void take(Marks marks);
  }

  private static TransitionCounts change(
      Session session, Broadcast broadcast, Pages pages, Step step) throws SQLException {
    Map<DeliveryState, Integer> before = pages.counts();
    pages.all().forEach(step::take);
    pages.allChanged();
    pages.write(session);
    Map<DeliveryState, Integer> after = pages.counts();
    var tallying = new Tallying();
    tallying.add(broadcast.cell(), broadcast.task(), tally(after).minus(tally(before)));
    tallying.write(session);
    return TransitionCounts.between(phases(before), phases(after));
  }

  private static Map<DeliveryStatus, Integer> phases(Map<DeliveryState, Integer> counts) {
    Map<DeliveryStatus, Integer> deliveryStatuss = new EnumMap<>(DeliveryStatus.class);
    counts.forEach((state, count) -> deliveryStatuss.merge(state.status(), count, Integer::sum));
    return deliveryStatuss;
  }

  private static DeliveryCounts tally(Map<DeliveryState, Integer> counts) {
    DeliveryCounts sum = DeliveryCounts.NONE;
    for (Map.Entry<DeliveryState, Integer> entry : counts.entrySet()) {
      sum = sum.plus(DeliveryFunnel.of(entry.getKey()).times(entry.getValue()));
    }
    return sum;
  }
}
