// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.gateway.session.InflightWindow.InflightPacket;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// Queues what a session has to write: withdraw commands first, then messages in their order, as
/// far as the device's window and the socket have room. The queues hold no memory while they are
/// empty. On the event loop only.
final class SendQueue {

  /// The most withdrawn deliveries that wait here; the others wait in the store.
  static final int MAX_WITHDRAWALS = 1_000;

  private final SessionContext context;
  private final DeviceLink deviceLink;
  private final OfferGate offerGate;
  private final InflightWindow inflightWindow;
  private final int deliveriesPerCommand;
  private Optional<ArrayDeque<DeliveryAttempt>> deliveries = Optional.empty();
  private Optional<SequencedSet<DeliveryId>> withdrawals = Optional.empty();
  private Optional<ArrayDeque<DeliveryId>> acknowledged = Optional.empty();

  SendQueue(
      SessionContext context,
      DeviceLink deviceLink,
      OfferGate offerGate,
      int window,
      int deliveriesPerCommand) {
    this.context = context;
    this.deviceLink = deviceLink;
    this.offerGate = offerGate;
    this.inflightWindow = new InflightWindow(window);
    this.deliveriesPerCommand = deliveriesPerCommand;
  }

  /// Queues a message that the gate has taken in, unless it is here already.
  void enqueueOffered(DeliveryAttempt deliveryAttempt) {
    if (isKnown(deliveryAttempt.delivery()) || isQueued(deliveryAttempt.delivery())) {
      offerGate.exit(1);
    } else {
      enqueue(deliveryAttempt);
    }
  }

  /// Queues a page of the mailbox, except for what is here already: its acknowledgement is not
  /// stored yet, or it is still queued. A queued message takes the number of its newest claim.
  void enqueueRead(List<DeliveryAttempt> deliveryAttempts) {
    for (DeliveryAttempt deliveryAttempt : deliveryAttempts) {
      if (!isKnown(deliveryAttempt.delivery()) && !updateAttempt(deliveryAttempt)) {
        offerGate.enter(1);
        enqueue(deliveryAttempt);
      }
    }
  }

  boolean hasRoomFor(int parcelCount) {
    return offerGate.size() + parcelCount <= context.flow().queue();
  }

  /// Queues a withdrawal, ahead of all messages. False if too many wait: the store has to be read
  /// again.
  boolean withdraw(DeliveryId delivery) {
    if (withdrawals.map(SequencedSet::size).orElse(0) >= MAX_WITHDRAWALS) {
      return false;
    }
    if (withdrawals.isEmpty()) {
      withdrawals = Optional.of(new LinkedHashSet<>(4));
    }
    withdrawals.get().add(delivery);
    return true;
  }

  boolean hasRoomForWithdrawals(int count) {
    return withdrawals.map(SequencedSet::size).orElse(0) + count <= MAX_WITHDRAWALS;
  }

  /// Removes a message from the queue. True if it was there and was certainly never sent, now or
  /// before.
  boolean remove(DeliveryId delivery) {
    if (deliveries.isEmpty()) {
      return false;
    }
    for (Iterator<DeliveryAttempt> all = deliveries.get().iterator(); all.hasNext(); ) {
      DeliveryAttempt deliveryAttempt = all.next();
      if (deliveryAttempt.delivery().equals(delivery)) {
        all.remove();
        deliveries = deliveries.filter(queue -> !queue.isEmpty());
        discard(deliveryAttempt, "fenced");
        return deliveryAttempt.firstAttempt();
      }
    }
    return false;
  }

  /// Empties the queues and reports what was never sent to the engine.
  void clear() {
    deliveries.ifPresent(
        queue -> queue.forEach(deliveryAttempt -> discard(deliveryAttempt, "closed")));
    deliveries = Optional.empty();
    withdrawals = Optional.empty();
    acknowledged = Optional.empty();
  }

  /// Frees the packet id that the device acknowledged and returns what it stood for.
  InflightPacket acknowledged(int packetId) {
    InflightPacket inflightPacket = inflightWindow.remove(packetId);
    if (inflightPacket instanceof InflightPacket.Message(var delivery)) {
      acknowledged.ifPresent(recent -> rememberAcknowledged(recent, delivery));
    }
    return inflightPacket;
  }

  /// Starts or stops remembering what was just acknowledged. While the mailbox is read, such a
  /// message may come back from it, because its acknowledgement is not stored yet; it must not be
  /// sent twice.
  void rememberAcknowledged(boolean remember) {
    if (!remember) {
      acknowledged = Optional.empty();
    } else if (acknowledged.isEmpty()) {
      acknowledged = Optional.of(new ArrayDeque<>());
    }
  }

  /// Writes as much as the device and the socket have room for.
  void writePending() {
    while (deviceLink.isWritable() && inflightWindow.hasRoom() && writeOne()) {}
  }

  private boolean writeOne() {
    if (withdrawals.isPresent()) {
      writeWithdrawals(withdrawals.get());
      return true;
    }
    if (deliveries.isEmpty()) {
      return false;
    }
    DeliveryAttempt next = deliveries.get().remove();
    deliveries = deliveries.filter(queue -> !queue.isEmpty());
    write(next);
    return true;
  }

  private void writeWithdrawals(SequencedSet<DeliveryId> waiting) {
    var command = new ArrayList<DeliveryId>();
    while (!waiting.isEmpty() && command.size() < deliveriesPerCommand) {
      command.add(waiting.removeFirst());
    }
    if (waiting.isEmpty()) {
      withdrawals = Optional.empty();
    }
    deviceLink.withdraw(inflightWindow.add(InflightPacket.Other.WITHDRAWAL), command);
    context.listener().withdrawn(command.size());
  }

  private void write(DeliveryAttempt deliveryAttempt) {
    if (!context.clock().instant().isBefore(deliveryAttempt.task().expiresAt())) {
      discard(deliveryAttempt, "expired");
    } else if (!context
        .devices()
        .fence()
        .pass(deliveryAttempt.delivery(), () -> publish(deliveryAttempt))) {
      discard(deliveryAttempt, "fenced");
    }
  }

  /// Publishes a message. Called inside the fence.
  private void publish(DeliveryAttempt deliveryAttempt) {
    int packetId = inflightWindow.add(new InflightPacket.Message(deliveryAttempt.delivery()));
    if (deviceLink.publish(packetId, deliveryAttempt)) {
      offerGate.exit(1);
      context.listener().sent();
    } else {
      inflightWindow.remove(packetId);
      discard(deliveryAttempt, "too-large");
    }
  }

  private void discard(DeliveryAttempt deliveryAttempt, String reason) {
    offerGate.exit(1);
    if (deliveryAttempt.firstAttempt()) {
      context.devices().notSent(deliveryAttempt.delivery(), deliveryAttempt.attempt());
    }
    context.listener().dropped(reason);
  }

  private void enqueue(DeliveryAttempt deliveryAttempt) {
    if (deliveries.isEmpty()) {
      deliveries = Optional.of(new ArrayDeque<>(4));
    }
    deliveries.get().add(deliveryAttempt);
  }

  private boolean isKnown(DeliveryId delivery) {
    return inflightWindow.contains(delivery)
        || acknowledged.map(a -> a.contains(delivery)).orElse(false);
  }

  private boolean isQueued(DeliveryId delivery) {
    return deliveries.isPresent()
        && deliveries.get().stream()
            .anyMatch(deliveryAttempt -> deliveryAttempt.delivery().equals(delivery));
  }

  private boolean updateAttempt(DeliveryAttempt again) {
    if (!isQueued(again.delivery())) {
      return false;
    }
    var renumbered = new ArrayDeque<DeliveryAttempt>();
    for (DeliveryAttempt deliveryAttempt : deliveries.orElseThrow()) {
      renumbered.add(
          deliveryAttempt.delivery().equals(again.delivery())
              ? deliveryAttempt.retry(again.attempt())
              : deliveryAttempt);
    }
    deliveries = Optional.of(renumbered);
    return true;
  }

  private void rememberAcknowledged(ArrayDeque<DeliveryId> recent, DeliveryId delivery) {
    recent.add(delivery);
    if (recent.size() > 2 * context.flow().queue()) {
      recent.remove();
    }
  }
}
