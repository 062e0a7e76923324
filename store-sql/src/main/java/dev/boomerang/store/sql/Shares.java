// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TallyStore.Share;
import dev.boomerang.port.TallyStore.Slot;
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

  private final Map<Slot, Share> shares = new HashMap<>();

  private Shares() {}

  static Map<Slot, Share> of(Session session, Bulk bulk, TaskId task) throws SQLException {
    var shares = new Shares();
    List<Object[]> key = List.<Object[]>of(new Object[] {task.value()});
    List<Broadcast> found =
        bulk.select(session, Tables.BROADCASTS, List.of("task_id"), key, BroadcastRows::broadcast);
    if (found.isEmpty()) {
      session.query(STATES, shares::row, task.value());
    } else {
      shares.marks(session, found.getFirst());
    }
    return shares.shares;
  }

  private Share row(ResultSet row) throws SQLException {
    TallyKey key = TallyKey.read(row.getString(1));
    DeliveryState state = StateText.read(Phases.named(row.getString(2)), row.getString(3));
    return add(new Slot(key.platform(), key.channel()), state, 1);
  }

  private Share add(Slot slot, DeliveryState state, int many) {
    var share = new Share(Milestones.of(state).times(many), Milestones.isSeen(state) ? many : 0);
    return shares.merge(slot, share, Share::plus);
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
                          (state, many) -> add(new Slot(platform, ChannelId.SELF), state, many)));
    }
  }
}
