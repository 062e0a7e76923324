// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Keeps the newest of what waits for a device, where an operator wants no more than so many. It is
/// seen to when the device comes, so that accepting a push costs nothing; until then the older ones
/// count as waiting. Broadcasts are stored once for all and do not count.
final class MailboxLimiter {
  /// Why a delivery failed: newer ones took the room.
  static final String MAILBOX_FULL = "mailbox-full";

  private static final int PAGE = 500;

  private final DeliveryStore store;
  private final Deliveries deliveries;
  private final int most;

  /// `most` is 0 for no limit.
  MailboxLimiter(DeliveryStore store, Deliveries deliveries, int most) {
    this.store = store;
    this.deliveries = deliveries;
    this.most = most;
  }

  /// Ends what is too much, durably. What was handed out before is on its way and stays.
  void trim(RegistrationId registration, Instant now) {
    if (most == 0) {
      return;
    }
    List<DeliveryId> waiting = waiting(registration, now);
    int tooMany = waiting.size() - most;
    if (tooMany > 0) {
      deliveries.apply(
          waiting.subList(0, tooMany).stream()
              .map(id -> new Change(id, new Unreachable(now, MAILBOX_FULL)))
              .toList());
    }
  }

  /// The oldest first.
  private List<DeliveryId> waiting(RegistrationId registration, Instant now) {
    var waiting = new ArrayList<DeliveryId>();
    TaskId after = TaskId.NONE;
    List<MailboxEntry> page;
    do {
      page = store.mailbox(registration, after, now, PAGE);
      page.stream()
          .filter(mailboxEntry -> mailboxEntry.delivery().state() instanceof Queued)
          .forEach(mailboxEntry -> waiting.add(mailboxEntry.delivery().id()));
      after = page.isEmpty() ? after : page.getLast().task().id();
    } while (page.size() == PAGE);
    return waiting;
  }
}
