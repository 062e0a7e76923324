// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.device.internal.delivery.DeliveryLog;
import dev.boomerang.device.internal.delivery.DeliveryRecord;
import dev.boomerang.device.internal.delivery.Receipt;
import dev.boomerang.device.internal.delivery.ReceiptSender;
import dev.boomerang.device.internal.journal.Journal;
import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.internal.loop.EventLoop;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of each message, in the order of arrival.
 *
 * <p>A batch is whatever arrived while the last one was handled, and goes through four steps: store
 * what was received; show and withdraw; store what came of it; acknowledge. So a crash anywhere
 * loses nothing: what was not acknowledged is sent again and is known, and what was received and
 * not shown is shown on the next start. Two writes are enough however many messages wait. A message
 * that is recalled within its own batch is never shown.
 */
final class MessageProcessor {
  private final EventLoop loop;
  private final Journal journal;
  private final DeliveryLog log;
  private final NotificationHandler handler;
  private final NotificationController controller;
  private final ReceiptSender receiptSender;
  private final List<IncomingMessage> incoming = new ArrayList<>();

  MessageProcessor(
      EventLoop loop,
      ClientState state,
      NotificationController controller,
      NotificationHandler handler,
      ReceiptSender receiptSender) {
    this.loop = loop;
    this.journal = state.journal;
    this.log = state.deliveryLog;
    this.handler = handler;
    this.controller = controller;
    this.receiptSender = receiptSender;
  }

  /** Takes a message; {@code acknowledge} runs when it is stored. */
  void messageArrived(byte[] payload, Runnable acknowledge) {
    incoming.add(new IncomingMessage(payload, acknowledge));
    if (incoming.size() == 1) {
      loop.execute(this::processBatch);
    }
  }

  /** Shows what was received before a crash and not shown. */
  void resume() {
    for (DeliveryRecord delivery : log.inState(DeliveryRecord.State.RECEIVED)) {
      if (!delivery.message.isEmpty()) {
        controller.deliver(delivery.id, true);
      }
    }
    journal.save();
    receiptSender.sendSoon();
  }

  /** Records that the user opened a notification, and reports it. */
  void opened(String id) {
    controller.opened(id);
    journal.save();
    receiptSender.sendSoon();
  }

  /** Records that the user dismissed a notification, and reports it. */
  void dismissed(String id) {
    controller.dismissed(id);
    journal.save();
    receiptSender.sendSoon();
  }

  private void processBatch() {
    List<IncomingMessage> batch = new ArrayList<>(incoming);
    incoming.clear();
    List<Runnable> actions = new ArrayList<>();
    for (IncomingMessage item : batch) {
      receive(item.payload, actions);
    }
    journal.save();
    actions.forEach(Runnable::run);
    journal.save();
    batch.forEach(item -> item.acknowledge.run());
    receiptSender.sendSoon();
  }

  private void receive(byte[] payload, List<Runnable> actions) {
    try {
      Json message = Json.read(new String(payload, UTF_8));
      switch (message.text("type")) {
        case "notify":
        case "data":
          receiveMessage(message, actions);
          break;
        case "withdraw":
          withdraw(message, actions);
          break;
        default:
          // A newer server sent it; it is acknowledged and ignored.
          break;
      }
    } catch (IOException e) {
      handler.onError("a message could not be read and is dropped", e);
    }
  }

  private void receiveMessage(Json message, List<Runnable> actions) {
    String id = message.text("delivery");
    if (id.isEmpty()) {
      handler.onError("a message without delivery is dropped", new IOException("no delivery"));
      return;
    }
    Optional<DeliveryRecord> known = log.find(id);
    if (known.isPresent()) {
      // It was sent again, or recalled before it arrived.
      if (known.get().state == DeliveryRecord.State.RECEIVED) {
        // The app failed to show it before.
        actions.add(() -> controller.deliver(id, false));
      }
      return;
    }
    String task = message.text("task");
    // A push without a collapse key can still be replaced, under its task's id.
    String collapseKey = message.optionalText("slot").orElse(task);
    for (DeliveryRecord older :
        controller.withCollapseKey(collapseKey, DeliveryRecord.State.RECEIVED)) {
      controller.markReplaced(older, task);
    }
    DeliveryRecord delivery =
        new DeliveryRecord(
            id,
            task,
            collapseKey,
            DeliveryRecord.State.RECEIVED,
            keepUntil(message),
            message.write());
    journal.add(delivery.write());
    if (log.isRecalled(delivery.task)) {
      controller.markWithdrawn(delivery);
    }
    actions.add(() -> controller.deliver(id, false));
  }

  private long keepUntil(Json message) {
    long expires = message.time("expiresAt").map(Instant::toEpochMilli).orElse(0L);
    return Math.max(expires, loop.now()) + DeliveryLog.RETENTION.toMillis();
  }

  private void withdraw(Json message, List<Runnable> actions) {
    List<String> ids = message.list("deliveries");
    boolean anyKnown = false;
    for (String id : ids) {
      anyKnown |= log.find(id).isPresent();
      withdraw(id, actions);
    }
    String task = message.text("task");
    if (ids.isEmpty() && !task.isEmpty()) {
      List<DeliveryRecord> known = log.ofTask(task);
      anyKnown = !known.isEmpty();
      journal.add(log.recalledTask(task));
      known.forEach(delivery -> withdraw(delivery.id, actions));
    }
    if (message.flag("force") && !anyKnown) {
      // Nothing named is known here, so everything is withdrawn: Getui's `force` asks for that.
      log.inState(DeliveryRecord.State.SHOWN).forEach(delivery -> withdraw(delivery.id, actions));
    }
  }

  private void withdraw(String id, List<Runnable> actions) {
    Optional<DeliveryRecord> known = log.find(id);
    if (!known.isPresent()) {
      controller.markWithdrawn(
          new DeliveryRecord(
              id,
              "",
              "",
              DeliveryRecord.State.RECEIVED,
              loop.now() + DeliveryLog.TOMBSTONE_RETENTION.toMillis(),
              ""));
      return;
    }
    switch (known.get().state) {
      case RECEIVED:
        controller.markWithdrawn(known.get());
        break;
      case SHOWN:
        actions.add(() -> controller.withdraw(id));
        break;
      case OPENED:
      case DISMISSED:
      case NOT_WITHDRAWABLE:
      case DELIVERED_TO_APP:
        controller.report(id, Receipt.TOO_LATE);
        break;
      case WITHDRAWN:
      case REPLACED:
      case EXPIRED:
        controller.report(id, Receipt.WITHDRAWN);
        break;
    }
  }

  private static final class IncomingMessage {
    final byte[] payload;
    final Runnable acknowledge;

    IncomingMessage(byte[] payload, Runnable acknowledge) {
      this.payload = payload;
      this.acknowledge = acknowledge;
    }
  }
}
