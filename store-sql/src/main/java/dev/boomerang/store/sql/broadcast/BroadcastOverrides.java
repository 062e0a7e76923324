// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.store.sql.broadcast.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.jdbc.BatchSql;
import dev.boomerang.store.sql.jdbc.SqlSession;
import dev.boomerang.store.sql.registration.NumberedRegistration;
import dev.boomerang.store.sql.schema.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Finds the broadcasts that replaced others. A broadcast is for every registration it covers, so
/// nothing is written for devices that are offline: this is evaluated when they fetch.
public final class BroadcastOverrides {
  private static final String SLOTTED =
      Tables.selectFrom(Tables.BROADCASTS)
          + " WHERE app = ? AND task_id > ? AND collapse_keys <> '' ORDER BY task_id";

  private final List<Broadcast> candidates;
  private final BitmapChunks bitmapChunks;

  private BroadcastOverrides(List<Broadcast> slotted, BitmapChunks bitmapChunks) {
    this.candidates = slotted;
    this.bitmapChunks = bitmapChunks;
  }

  /// Loads the broadcasts that could override these for these registrations.
  static BroadcastOverrides load(
      SqlSession session,
      BatchSql batchSql,
      Collection<Broadcast> older,
      Collection<NumberedRegistration> registrations)
      throws SQLException {
    var slotted = new ArrayList<Broadcast>();
    for (AppId app : older.stream().map(Broadcast::app).distinct().toList()) {
      long first =
          older.stream()
              .filter(each -> each.app().equals(app))
              .mapToLong(each -> each.task().value())
              .min()
              .orElse(TaskId.LIMIT);
      slotted.addAll(session.query(SLOTTED, BroadcastRows::broadcast, app.value(), first));
    }
    var keys = new ArrayList<BitmapChunks.Key>();
    for (Broadcast each : slotted) {
      registrations.forEach(
          registration -> keys.add(BitmapChunks.Key.of(each.task(), registration)));
    }
    return new BroadcastOverrides(slotted, BitmapChunks.load(session, batchSql, keys));
  }

  /// Returns the broadcast that overrides another for this registration.
  Optional<Broadcast> overriding(Broadcast older, NumberedRegistration registration) {
    Platform platform = registration.audienceAttributes().platform();
    return candidates.stream()
        .filter(each -> each.app().equals(older.app()))
        .filter(each -> each.task().compareTo(older.task()) > 0)
        .filter(each -> each.acceptedAt().isBefore(older.expiresAt()))
        .filter(each -> each.collapseKeys().containsKey(platform))
        .filter(each -> each.collapseKey(platform).equals(older.collapseKey(platform)))
        .filter(each -> includes(each, registration, bitmapChunks))
        .findFirst();
  }

  /// Returns whether a registration is in a broadcast's audience, by its rule or because it was
  /// picked.
  public static boolean includes(
      Broadcast broadcast, NumberedRegistration registration, BitmapChunks bitmapChunks) {
    return broadcast.rule().covers(registration.audienceAttributes())
        || bitmapChunks
            .chunk(BitmapChunks.Key.of(broadcast.task(), registration))
            .state(registration.offset(), broadcast.acceptedAt())
            .isPresent();
  }
}
