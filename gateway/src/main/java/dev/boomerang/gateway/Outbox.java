// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.gateway.Window.Cargo;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// What a session has to write: withdraw commands first, then parcels in their order, as far as the
/// device's window and the socket have room. Its queues hold no memory while they are empty. On the
/// event loop only.
final class Outbox {

  /// Withdrawn deliveries that wait here at most; beyond that they wait in the store.
  static final int MAX_WITHDRAWALS = 1_000;

  private final Shared shared;
  private final Wire wire;
  private final Gate gate;
  private final Window window;
  private final int deliveriesPerCommand;
  private Optional<ArrayDeque<DeliveryAttempt>> parcels = Optional.empty();
  private Optional<SequencedSet<DeliveryId>> withdrawals = Optional.empty();
  private Optional<ArrayDeque<DeliveryId>> acknowledged = Optional.empty();

  Outbox(Shared shared, Wire wire, Gate gate, int window, int deliveriesPerCommand) {
    this.shared = shared;
    this.wire = wire;
    this.gate = gate;
    this.window = new Window(window);
    this.deliveriesPerCommand = deliveriesPerCommand;
  }

  /// Queues a parcel the gate has taken in.
  void offered(DeliveryAttempt deliveryAttempt) {
    if (knows(deliveryAttempt.delivery()) || queued(deliveryAttempt.delivery())) {
      gate.left(1);
    } else {
      add(deliveryAttempt);
    }
  }

  /// Queues a stretch of the mailbox. What is here already came back because its acknowledgement is
  /// not recorded yet, or because it is still queued; the latter now goes by the number of its
  /// newest claim.
  void read(List<DeliveryAttempt> deliveryAttempts) {
    for (DeliveryAttempt deliveryAttempt : deliveryAttempts) {
      if (!knows(deliveryAttempt.delivery()) && !renumber(deliveryAttempt)) {
        gate.entered(1);
        add(deliveryAttempt);
      }
    }
  }

  boolean hasRoomFor(int parcelCount) {
    return gate.inside() + parcelCount <= shared.flow().queue();
  }

  /// Queues a withdrawal, ahead of all parcels. False if too many wait: then the store has to be
  /// read again.
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

  /// Takes a parcel out of the queue again. True if it was there and certainly never left us, now
  /// or before.
  boolean drop(DeliveryId delivery) {
    if (parcels.isEmpty()) {
      return false;
    }
    for (Iterator<DeliveryAttempt> all = parcels.get().iterator(); all.hasNext(); ) {
      DeliveryAttempt deliveryAttempt = all.next();
      if (deliveryAttempt.delivery().equals(delivery)) {
        all.remove();
        parcels = parcels.filter(queue -> !queue.isEmpty());
        discard(deliveryAttempt, "fenced");
        return deliveryAttempt.firstAttempt();
      }
    }
    return false;
  }

  /// Everything queued goes back to where it came from.
  void clear() {
    parcels.ifPresent(
        queue -> queue.forEach(deliveryAttempt -> discard(deliveryAttempt, "closed")));
    parcels = Optional.empty();
    withdrawals = Optional.empty();
    acknowledged = Optional.empty();
  }

  /// The device acknowledged a packet.
  Cargo acknowledged(int packetId) {
    Cargo cargo = window.remove(packetId);
    if (cargo instanceof Cargo.Parcel(var delivery)) {
      acknowledged.ifPresent(recent -> remember(recent, delivery));
    }
    return cargo;
  }

  /// While the mailbox is read, what was acknowledged a moment ago may come back from it, because
  /// word of it is on its way to the store: remember it, and do not send it twice.
  void rememberAcknowledged(boolean remember) {
    if (!remember) {
      acknowledged = Optional.empty();
    } else if (acknowledged.isEmpty()) {
      acknowledged = Optional.of(new ArrayDeque<>());
    }
  }

  /// Writes what can be written now.
  void pump() {
    while (wire.hasRoom() && window.hasRoom() && writeOne()) {}
  }

  private boolean writeOne() {
    if (withdrawals.isPresent()) {
      writeWithdrawals(withdrawals.get());
      return true;
    }
    if (parcels.isEmpty()) {
      return false;
    }
    DeliveryAttempt next = parcels.get().remove();
    parcels = parcels.filter(queue -> !queue.isEmpty());
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
    wire.withdraw(window.put(Cargo.Other.WITHDRAWAL), command);
    shared.listener().withdrawn(command.size());
  }

  private void write(DeliveryAttempt deliveryAttempt) {
    if (!shared.clock().instant().isBefore(deliveryAttempt.task().expiresAt())) {
      discard(deliveryAttempt, "expired");
    } else if (!shared
        .devices()
        .fence()
        .pass(deliveryAttempt.delivery(), () -> handOver(deliveryAttempt))) {
      discard(deliveryAttempt, "fenced");
    }
  }

  /// Inside the fence.
  private void handOver(DeliveryAttempt deliveryAttempt) {
    int packetId = window.put(new Cargo.Parcel(deliveryAttempt.delivery()));
    if (wire.parcel(packetId, deliveryAttempt)) {
      gate.left(1);
      shared.listener().sent();
    } else {
      window.remove(packetId);
      discard(deliveryAttempt, "too-large");
    }
  }

  private void discard(DeliveryAttempt deliveryAttempt, String reason) {
    gate.left(1);
    if (deliveryAttempt.firstAttempt()) {
      shared.devices().notSent(deliveryAttempt.delivery(), deliveryAttempt.attempt());
    }
    shared.listener().dropped(reason);
  }

  private void add(DeliveryAttempt deliveryAttempt) {
    if (parcels.isEmpty()) {
      parcels = Optional.of(new ArrayDeque<>(4));
    }
    parcels.get().add(deliveryAttempt);
  }

  private boolean knows(DeliveryId delivery) {
    return window.has(delivery) || acknowledged.map(a -> a.contains(delivery)).orElse(false);
  }

  private boolean queued(DeliveryId delivery) {
    return parcels.isPresent()
        && parcels.get().stream()
            .anyMatch(deliveryAttempt -> deliveryAttempt.delivery().equals(delivery));
  }

  private boolean renumber(DeliveryAttempt again) {
    if (!queued(again.delivery())) {
      return false;
    }
    var renumbered = new ArrayDeque<DeliveryAttempt>();
    for (DeliveryAttempt deliveryAttempt : parcels.orElseThrow()) {
      renumbered.add(
          deliveryAttempt.delivery().equals(again.delivery())
              ? deliveryAttempt.retry(again.attempt())
              : deliveryAttempt);
    }
    parcels = Optional.of(renumbered);
    return true;
  }

  private void remember(ArrayDeque<DeliveryId> recent, DeliveryId delivery) {
    recent.add(delivery);
    if (recent.size() > 2 * shared.flow().queue()) {
      recent.remove();
    }
  }
}
