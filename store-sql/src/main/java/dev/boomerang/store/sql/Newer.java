// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.store.sql.BroadcastRows.Broadcast;
import dev.boomerang.store.sql.BroadcastRows.Numbered;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Which broadcasts took the places of others. A broadcast is for everyone it covers, so nothing is
/// written for those who are away: they are asked for when they come.
final class Newer {
  private static final String SLOTTED =
      Tables.selectFrom(Tables.BROADCASTS)
          + " WHERE app = ? AND task_id > ? AND slots <> '' ORDER BY task_id";

  private final List<Broadcast> slotted;
  private final Pages pages;

  private Newer(List<Broadcast> slotted, Pages pages) {
    this.slotted = slotted;
    this.pages = pages;
  }

  /// Those that could matter to these broadcasts and registrations.
  static Newer of(
      Session session, Bulk bulk, Collection<Broadcast> older, Collection<Numbered> registrations)
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
    var keys = new ArrayList<Pages.Key>();
    for (Broadcast each : slotted) {
      registrations.forEach(registration -> keys.add(Pages.Key.of(each.task(), registration)));
    }
    return new Newer(slotted, Pages.of(session, bulk, keys));
  }

  /// The one that took a broadcast's place for this registration.
  Optional<Broadcast> than(Broadcast older, Numbered registration) {
    Platform platform = registration.audienceAttributes().platform();
    return slotted.stream()
        .filter(each -> each.app().equals(older.app()))
        .filter(each -> each.task().compareTo(older.task()) > 0)
        .filter(each -> each.acceptedAt().isBefore(older.expiresAt()))
        .filter(each -> each.collapseKeys().containsKey(platform))
        .filter(each -> each.slot(platform).equals(older.slot(platform)))
        .filter(each -> covers(each, registration, pages))
        .findFirst();
  }

  /// Whether a registration is among those a broadcast is for, by its rule or because it was
  /// picked.
  static boolean covers(Broadcast broadcast, Numbered registration, Pages pages) {
    return broadcast.rule().covers(registration.audienceAttributes())
        || pages
            .page(Pages.Key.of(broadcast.task(), registration))
            .state(registration.place(), broadcast.acceptedAt())
            .isPresent();
  }
}
