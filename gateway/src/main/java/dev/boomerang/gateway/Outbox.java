// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.gateway.Window.Cargo;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.port.Attachment.Handover;
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
  private Optional<ArrayDeque<Handover>> parcels = Optional.empty();
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
  void offered(Handover handover) {
    if (knows(handover.delivery()) || queued(handover.delivery())) {
      gate.left(1);
    } else {
      add(handover);
    }
  }

  /// Queues a stretch of the mailbox. What is here already came back because its acknowledgement is
  /// not recorded yet, or because it is still queued; the latter now goes by the number of its
  /// newest claim.
  void read(List<Handover> handovers) {
    for (Handover handover : handovers) {
      if (!knows(handover.delivery()) && !renumber(handover)) {
        gate.entered(1);
        add(handover);
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
    for (Iterator<Handover> all = parcels.get().iterator(); all.hasNext(); ) {
      Handover handover = all.next();
      if (handover.delivery().equals(delivery)) {
        all.remove();
        parcels = parcels.filter(queue -> !queue.isEmpty());
        discard(handover, "fenced");
        return handover.fresh();
      }
    }
    return false;
  }

  /// Everything queued goes back to where it came from.
  void clear() {
    parcels.ifPresent(queue -> queue.forEach(handover -> discard(handover, "closed")));
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
    Handover next = parcels.get().remove();
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

  private void write(Handover handover) {
    if (!shared.clock().instant().isBefore(handover.task().expiresAt())) {
      discard(handover, "expired");
    } else if (!shared.devices().fence().pass(handover.delivery(), () -> handOver(handover))) {
      discard(handover, "fenced");
    }
  }

  /// Inside the fence.
  private void handOver(Handover handover) {
    int packetId = window.put(new Cargo.Parcel(handover.delivery()));
    if (wire.parcel(packetId, handover)) {
      gate.left(1);
      shared.listener().sent();
    } else {
      window.remove(packetId);
      discard(handover, "too-large");
    }
  }

  private void discard(Handover handover, String reason) {
    gate.left(1);
    if (handover.fresh()) {
      shared.devices().unwritten(handover.delivery(), handover.attempt());
    }
    shared.listener().dropped(reason);
  }

  private void add(Handover handover) {
    if (parcels.isEmpty()) {
      parcels = Optional.of(new ArrayDeque<>(4));
    }
    parcels.get().add(handover);
  }

  private boolean knows(DeliveryId delivery) {
    return window.has(delivery) || acknowledged.map(a -> a.contains(delivery)).orElse(false);
  }

  private boolean queued(DeliveryId delivery) {
    return parcels.isPresent()
        && parcels.get().stream().anyMatch(handover -> handover.delivery().equals(delivery));
  }

  private boolean renumber(Handover again) {
    if (!queued(again.delivery())) {
      return false;
    }
    var renumbered = new ArrayDeque<Handover>();
    for (Handover handover : parcels.orElseThrow()) {
      renumbered.add(
          handover.delivery().equals(again.delivery())
              ? handover.again(again.attempt())
              : handover);
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
