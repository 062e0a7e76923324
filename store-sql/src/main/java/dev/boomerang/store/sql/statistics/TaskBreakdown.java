// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.statistics;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore.ChannelShare;
import dev.boomerang.port.StatisticsStore.PlatformChannel;
import dev.boomerang.store.sql.broadcast.BitmapChunks;
import dev.boomerang.store.sql.broadcast.BroadcastRows;
import dev.boomerang.store.sql.broadcast.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.codec.DeliveryStateCodec;
import dev.boomerang.store.sql.codec.DeliveryStatusCodec;
import dev.boomerang.store.sql.effect.StatisticsKey;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.Row;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.registration.NumberChunks;
import dev.boomerang.store.sql.registration.SegmentIndex;
import dev.boomerang.store.sql.schema.Tables;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/// Breaks one task's deliveries down by platform and channel. Those of a broadcast are not read one
/// by one: its bitmaps are intersected with the registrations of each platform.
final class TaskBreakdown {
  private static final String STATES =
      "SELECT statistics_key, status, state FROM deliveries WHERE task_id = ?";

  private final Map<PlatformChannel, ChannelShare> channelShares = new HashMap<>();

  private TaskBreakdown() {}

  static Map<PlatformChannel, ChannelShare> load(SqlSession session, BatchSql batchSql, TaskId task)
      throws SQLException {
    var taskBreakdown = new TaskBreakdown();
    List<Object[]> key = List.<Object[]>of(new Object[] {task.value()});
    List<Broadcast> found =
        batchSql.select(
            session, Tables.BROADCASTS, List.of("task_id"), key, BroadcastRows::broadcast);
    if (found.isEmpty()) {
      session.query(STATES, taskBreakdown::row, task.value());
    } else {
      taskBreakdown.marks(session, found.getFirst());
    }
    return taskBreakdown.channelShares;
  }

  private ChannelShare row(Row row) throws SQLException {
    StatisticsKey key = StatisticsKey.parse(row.getString("statistics_key"));
    DeliveryState state =
        DeliveryStateCodec.read(
            DeliveryStatusCodec.parse(row.getString("status")), row.getString("state"));
    return add(new PlatformChannel(key.platform(), key.channel()), state, 1);
  }

  private ChannelShare add(PlatformChannel platformChannel, DeliveryState state, int many) {
    var channelShare =
        new ChannelShare(
            DeliveryFunnel.of(state).times(many), DeliveryFunnel.isSeen(state) ? many : 0);
    return channelShares.merge(platformChannel, channelShare, ChannelShare::plus);
  }

  private void marks(SqlSession session, Broadcast broadcast) throws SQLException {
    BitmapChunks bitmapChunks = BitmapChunks.loadAll(session, broadcast.task());
    for (Platform platform : Platform.values()) {
      RoaringBitmap numbers =
          SegmentIndex.registrationNumbers(
              session, broadcast.app(), SegmentIndex.platform(platform.wire()));
      NumberChunks.split(numbers)
          .forEach(
              (chunk, places) ->
                  bitmapChunks
                      .chunk(new BitmapChunks.Key(broadcast.task(), chunk))
                      .intersect(places)
                      .counts(Instant.EPOCH)
                      .forEach(
                          (state, many) ->
                              add(new PlatformChannel(platform, ChannelId.SELF), state, many)));
    }
  }
}
