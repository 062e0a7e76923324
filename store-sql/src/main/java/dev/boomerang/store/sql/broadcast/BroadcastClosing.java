// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.BroadcastStore.CloseReason;
import dev.boomerang.store.sql.broadcast.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.effect.StatisticsDelta;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.transaction.WriteHandler;
import dev.boomerang.store.sql.transaction.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Ends broadcasts. Each end is one transaction that locks the broadcast's row and changes its
/// bitmaps chunk by chunk; none writes webhook events.
final class BroadcastClosing {
  private record Moment(TaskId task, Instant now) {}

  private final Writer writer;
  private final BatchSql batchSql;
  private final BroadcastIndex broadcastIndex;
  private final WriteHandler<Moment, TransitionCounts> stop = WriteHandler.each(this::stop);
  private final WriteHandler<Moment, TransitionCounts> recall = WriteHandler.each(this::recall);
  private final WriteHandler<Moment, TransitionCounts> timeUp = WriteHandler.each(this::expire);

  BroadcastClosing(Writer writer, BatchSql batchSql, BroadcastIndex broadcastIndex) {
    this.writer = writer;
    this.batchSql = batchSql;
    this.broadcastIndex = broadcastIndex;
  }

  TransitionCounts recall(TaskId task, Instant now) {
    return writer.submit(recall, new Moment(task, now), 1);
  }

  TransitionCounts stop(TaskId task, Instant now) {
    return writer.submit(stop, new Moment(task, now), 1);
  }

  TransitionCounts expire(TaskId task, Instant now) {
    return writer.submit(timeUp, new Moment(task, now), 1);
  }

  private TransitionCounts recall(SqlSession session, Moment moment) throws SQLException {
    Broadcast broadcast = broadcastIndex.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null || broadcast.recalled()) {
      return TransitionCounts.NONE;
    }
    BitmapChunks bitmapChunks = BitmapChunks.lockAll(session, batchSql, moment.task());
    TransitionCounts moved = change(session, broadcast, bitmapChunks, StateBitmaps::recallAll);
    broadcast.recalledUntil(moment.now().plus(Recall.WINDOW)).write(session);
    return moved;
  }

  private TransitionCounts stop(SqlSession session, Moment moment) throws SQLException {
    Broadcast broadcast = broadcastIndex.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null || broadcast.closeReason() != CloseReason.NO) {
      return TransitionCounts.NONE;
    }
    BitmapChunks bitmapChunks = BitmapChunks.lockAll(session, batchSql, moment.task());
    TransitionCounts moved = change(session, broadcast, bitmapChunks, StateBitmaps::stopAll);
    broadcast.stopped().write(session);
    return moved;
  }

  private TransitionCounts expire(SqlSession session, Moment moment) throws SQLException {
    Broadcast broadcast = broadcastIndex.lock(session, List.of(moment.task())).get(moment.task());
    if (broadcast == null) {
      return TransitionCounts.NONE;
    }
    BitmapChunks bitmapChunks = BitmapChunks.lockAll(session, batchSql, moment.task());
    var moved = TransitionCounts.NONE;
    if (!broadcast.expired() && broadcast.isPastLifetime(moment.now())) {
      moved = change(session, broadcast, bitmapChunks, StateBitmaps::expireAll);
    }
    if (broadcast.isPastRecallDeadline(moment.now())) {
      moved = moved.plus(change(session, broadcast, bitmapChunks, StateBitmaps::failRecalls));
    }
    broadcast.afterDeadlines(moment.now()).write(session);
    return moved;
  }

  private interface Step {
    void take(StateBitmaps stateBitmaps);
  }

  private static TransitionCounts change(
      SqlSession session, Broadcast broadcast, BitmapChunks bitmapChunks, Step step)
      throws SQLException {
    Map<DeliveryState, Integer> before = bitmapChunks.counts();
    bitmapChunks.states().forEach(step::take);
    bitmapChunks.setAllChanged();
    bitmapChunks.write(session);
    Map<DeliveryState, Integer> after = bitmapChunks.counts();
    var statisticsDelta = new StatisticsDelta();
    statisticsDelta.add(
        broadcast.statisticsBucket(),
        broadcast.task(),
        deliveryCounts(after).minus(deliveryCounts(before)));
    statisticsDelta.write(session);
    return TransitionCounts.between(statuses(before), statuses(after));
  }

  private static Map<DeliveryStatus, Integer> statuses(Map<DeliveryState, Integer> counts) {
    Map<DeliveryStatus, Integer> statuses = new EnumMap<>(DeliveryStatus.class);
    counts.forEach((state, count) -> statuses.merge(state.status(), count, Integer::sum));
    return statuses;
  }

  private static DeliveryCounts deliveryCounts(Map<DeliveryState, Integer> counts) {
    DeliveryCounts sum = DeliveryCounts.NONE;
    for (Map.Entry<DeliveryState, Integer> entry : counts.entrySet()) {
      sum = sum.plus(DeliveryFunnel.of(entry.getKey()).times(entry.getValue()));
    }
    return sum;
  }
}
