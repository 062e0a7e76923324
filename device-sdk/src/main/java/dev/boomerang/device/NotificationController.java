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
 * What is on the screen: puts up, takes off, and writes down what came of it. The writing is in
 * force at once; whoever calls sees to it that it is saved.
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

  void opened(String id) {
    log.find(id)
        .filter(
            delivery ->
                delivery.state == DeliveryRecord.State.SHOWN
                    || delivery.state == DeliveryRecord.State.RECEIVED
                    || delivery.state == DeliveryRecord.State.NOT_WITHDRAWABLE)
        .ifPresent(delivery -> recordAction(delivery, DeliveryRecord.State.OPENED, Receipt.OPENED));
  }

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
   * Shows it or hands it over, if it still has to be. {@code inDoubt}: that may have happened
   * before a crash.
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
      // Nothing to do but to say so.
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
   * The newer one of this slot is not shown after all, but the older one is out of date all the
   * same.
   */
  private void removeOlder(DeliveryRecord newer) {
    for (DeliveryRecord older : withCollapseKey(newer.collapseKey, DeliveryRecord.State.SHOWN)) {
      try {
        handler.withdraw(older.id);
        markReplaced(older, newer.task);
      } catch (RuntimeException e) {
        handler.onError("delivery " + older.id + " could not be taken off", e);
      }
    }
  }

  /** Off the screen, or never on it, because a push of {@code task} has its place. */
  void markReplaced(DeliveryRecord older, String task) {
    journal.add(older.withState(DeliveryRecord.State.REPLACED).write());
    log.receipt(older.id, Receipt.REPLACED, task).ifPresent(journal::add);
  }

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

  /** It never was on the screen, and never will be. */
  void markWithdrawn(DeliveryRecord delivery) {
    journal.add(delivery.withState(DeliveryRecord.State.WITHDRAWN).write());
    report(delivery.id, Receipt.WITHDRAWN);
  }

  void withdraw(String id) {
    Optional<DeliveryRecord> shown =
        log.find(id).filter(delivery -> delivery.state == DeliveryRecord.State.SHOWN);
    if (!shown.isPresent()) {
      // Replaced within this batch: off the screen, unopened.
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
      // No receipt: the server asks again.
      handler.onError("delivery " + id + " could not be taken off", e);
    }
  }

  void report(String id, String event) {
    log.receipt(id, event, "").ifPresent(journal::add);
  }
}
