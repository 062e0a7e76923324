// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.StatisticsStore.ChannelShare;
import dev.boomerang.port.StatisticsStore.PlatformChannel;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.SqlSegments.Numbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/// One task's deliveries as they stand, by platform and channel. Those of a broadcast are not read
/// one by one: its marks are laid over the registrations of each platform.
final class Shares {
  private static final String STATES =
      "SELECT tally, phase, state FROM deliveries WHERE task_id = ?";

  private final Map<PlatformChannel, ChannelShare> channelShares = new HashMap<>();

  private Shares() {}

  static Map<PlatformChannel, ChannelShare> of(Session session, Bulk bulk, TaskId task)
      throws SQLException {
    var shares = new Shares();
    List<Object[]> key = List.<Object[]>of(new Object[] {task.value()});
    List<Broadcast> found =
        bulk.select(session, Tables.BROADCASTS, List.of("task_id"), key, BroadcastRows::broadcast);
    if (found.isEmpty()) {
      session.query(STATES, shares::row, task.value());
    } else {
      shares.marks(session, found.getFirst());
    }
    return shares.channelShares;
  }

  private ChannelShare row(ResultSet row) throws SQLException {
    TallyKey key = TallyKey.read(row.getString(1));
    DeliveryState state = StateText.read(Phases.named(row.getString(2)), row.getString(3));
    return add(new PlatformChannel(key.platform(), key.channel()), state, 1);
  }

  private ChannelShare add(PlatformChannel platformChannel, DeliveryState state, int many) {
    var channelShare =
        new ChannelShare(
            DeliveryFunnel.of(state).times(many), DeliveryFunnel.isSeen(state) ? many : 0);
    return channelShares.merge(platformChannel, channelShare, ChannelShare::plus);
  }

  private void marks(Session session, Broadcast broadcast) throws SQLException {
    Pages pages = Pages.all(session, broadcast.task());
    for (Platform platform : Platform.values()) {
      RoaringBitmap numbers =
          Terms.numbers(session, broadcast.app(), Terms.platform(platform.wire()));
      SqlSegments.chunks(new Numbers(numbers))
          .forEach(
              (chunk, places) ->
                  pages
                      .page(new Pages.Key(broadcast.task(), chunk))
                      .among(places)
                      .counts(Instant.EPOCH)
                      .forEach(
                          (state, many) ->
                              add(new PlatformChannel(platform, ChannelId.SELF), state, many)));
    }
  }
}
