// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.delivery.DeliveryLog;
import dev.boomerang.device.internal.delivery.DeliveryRecord;
import dev.boomerang.device.internal.delivery.Receipt;
import dev.boomerang.device.internal.journal.Journal;
import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.internal.loop.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows and withdraws notifications through the app's handler, and records what came of it. The
 * records take effect at once; the caller must save the journal.
 */
final class NotificationController {
  private final EventLoop loop;
  private final Journal journal;
  private final DeliveryLog log;
  private final NotificationHandler handler;

  NotificationController(
      EventLoop loop, Journal journal, DeliveryLog log, NotificationHandler handler) {
    this.loop = loop;
    this.journal = journal;
    this.log = log;
    this.handler = handler;
  }

  /** Records that the user opened the notification, unless an end was recorded before. */
  void opened(String id) {
    log.find(id)
        .filter(
            delivery ->
                delivery.state == DeliveryRecord.State.SHOWN
                    || delivery.state == DeliveryRecord.State.RECEIVED
                    || delivery.state == DeliveryRecord.State.NOT_WITHDRAWABLE)
        .ifPresent(delivery -> recordAction(delivery, DeliveryRecord.State.OPENED, Receipt.OPENED));
  }

  /** Records that the user dismissed the notification, unless an end was recorded before. */
  void dismissed(String id) {
    log.find(id)
        .filter(
            delivery ->
                delivery.state == DeliveryRecord.State.SHOWN
                    || delivery.state == DeliveryRecord.State.RECEIVED)
        .ifPresent(
            delivery -> recordAction(delivery, DeliveryRecord.State.DISMISSED, Receipt.DISMISSED));
  }

  private void recordAction(DeliveryRecord delivery, DeliveryRecord.State state, String event) {
    journal.add(delivery.withState(state).write());
    report(delivery.id, event);
  }

  /**
   * Shows a notification or hands over a data message, if that is still to be done. If {@code
   * mayBeShown}, the app is asked first, because a crash may have come after it was shown.
   */
  void deliver(String id, boolean mayBeShown) {
    Optional<DeliveryRecord> found = log.find(id);
    if (!found.isPresent()) {
      return;
    }
    DeliveryRecord delivery = found.get();
    if (delivery.state != DeliveryRecord.State.RECEIVED) {
      if (delivery.state == DeliveryRecord.State.WITHDRAWN) {
        removeOlder(delivery);
      }
      return;
    }
    try {
      Json message = Json.read(delivery.message);
      if (isExpired(message)) {
        journal.add(delivery.withState(DeliveryRecord.State.EXPIRED).write());
        removeOlder(delivery);
      } else if (message.text("type").equals("data")) {
        handler.onData(new DataMessage(message));
        journal.add(delivery.withState(DeliveryRecord.State.DELIVERED_TO_APP).write());
      } else {
        show(delivery, new PushNotification(message), mayBeShown);
      }
    } catch (IOException | RuntimeException e) {
      handler.onError("delivery " + id + " could not be shown", e);
    }
  }

  private void show(DeliveryRecord delivery, PushNotification notification, boolean mayBeShown) {
    List<DeliveryRecord> older = withCollapseKey(delivery.collapseKey, DeliveryRecord.State.SHOWN);
    if (mayBeShown && handler.isShowing(delivery.id)) {
      // The app shows it already; only the record is missing.
    } else if (older.isEmpty()) {
      handler.show(notification);
    } else {
      handler.replace(older.get(older.size() - 1).id, notification);
    }
    for (DeliveryRecord replaced : older) {
      markReplaced(replaced, delivery.task);
    }
    notification.data().ifPresent(handler::onData);
    journal.add(delivery.withState(DeliveryRecord.State.SHOWN).write());
    report(delivery.id, Receipt.SHOWN);
  }

  private boolean isExpired(Json message) {
    return message
        .time("expiresAt")
        .filter(expiresAt -> expiresAt.toEpochMilli() <= loop.now())
        .isPresent();
  }

  /**
   * Withdraws the older ones with the collapse key of {@code newer}: it is not shown itself, but
   * they are out of date all the same.
   */
  private void removeOlder(DeliveryRecord newer) {
    for (DeliveryRecord older : withCollapseKey(newer.collapseKey, DeliveryRecord.State.SHOWN)) {
      try {
        handler.withdraw(older.id);
        markReplaced(older, newer.task);
      } catch (RuntimeException e) {
        handler.onError("delivery " + older.id + " could not be withdrawn", e);
      }
    }
  }

  /** Records that a push of {@code task} took the place of {@code older}, and reports it. */
  void markReplaced(DeliveryRecord older, String task) {
    journal.add(older.withState(DeliveryRecord.State.REPLACED).write());
    log.receipt(older.id, Receipt.REPLACED, task).ifPresent(journal::add);
  }

  /** Returns the deliveries with this collapse key in this state; none if the key is empty. */
  List<DeliveryRecord> withCollapseKey(String collapseKey, DeliveryRecord.State state) {
    List<DeliveryRecord> found = new ArrayList<>();
    if (!collapseKey.isEmpty()) {
      for (DeliveryRecord delivery : log.inState(state)) {
        if (delivery.collapseKey.equals(collapseKey)) {
          found.add(delivery);
        }
      }
    }
    return found;
  }

  /** Records that the delivery was never displayed and never will be, and reports it. */
  void markWithdrawn(DeliveryRecord delivery) {
    journal.add(delivery.withState(DeliveryRecord.State.WITHDRAWN).write());
    report(delivery.id, Receipt.WITHDRAWN);
  }

  /** Withdraws a shown notification, and reports whether that was in time. */
  void withdraw(String id) {
    Optional<DeliveryRecord> shown =
        log.find(id).filter(delivery -> delivery.state == DeliveryRecord.State.SHOWN);
    if (!shown.isPresent()) {
      // It was replaced within this batch, and so is not displayed and was not opened.
      report(id, Receipt.WITHDRAWN);
      return;
    }
    try {
      boolean removed = handler.withdraw(id) == WithdrawResult.REMOVED;
      DeliveryRecord.State state =
          removed ? DeliveryRecord.State.WITHDRAWN : DeliveryRecord.State.NOT_WITHDRAWABLE;
      journal.add(shown.get().withState(state).write());
      report(id, removed ? Receipt.WITHDRAWN : Receipt.TOO_LATE);
    } catch (RuntimeException e) {
      // Nothing is reported, so the server asks again.
      handler.onError("delivery " + id + " could not be withdrawn", e);
    }
  }

  /** Records a receipt for the server. */
  void report(String id, String event) {
    log.receipt(id, event, "").ifPresent(journal::add);
  }
}
