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

/// Keeps the newest of what waits for a device, where an operator sets a limit. It works when the
/// device connects, so that accepting a push costs nothing; until then the older ones count as
/// waiting. Broadcasts do not count, because they are stored once for all, nor does what a channel
/// has deferred.
final class MailboxLimiter {
  /// The reason of a delivery that failed because newer ones filled the mailbox.
  static final String MAILBOX_FULL = "mailbox-full";

  private static final int PAGE = 500;

  private final DeliveryStore store;
  private final Deliveries deliveries;
  private final int most;

  /// Creates a limiter; `most` is 0 for no limit.
  MailboxLimiter(DeliveryStore store, Deliveries deliveries, int most) {
    this.store = store;
    this.deliveries = deliveries;
    this.most = most;
  }

  /// Ends the oldest deliveries beyond the limit, durably. What was sent before is on its way and
  /// stays.
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

  /// Returns what waits, the oldest first.
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
