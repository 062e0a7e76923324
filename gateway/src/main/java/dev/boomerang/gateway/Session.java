// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.gateway.Window.Cargo;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection;
import java.util.List;

/// A device that is in: what it says and what the engine wants of it, turned into what its [Wire]
/// shall do. It knows no sockets. The [DeviceConnection] methods are for any thread, the others for
/// the event loop.
///
/// There is no MQTT session state behind it: the mailbox in the store is what outlives a
/// connection.
final class Session implements DeviceConnection {
  static final int MOST_DELIVERIES_PER_COMMAND = 500;

  private final Shared shared;
  private final Wire wire;
  private final RegistrationId registration;
  private final Gate gate = new Gate();
  private final Outbox outbox;
  private final Drain drain;
  private final Inbox inbox;

  /// `window`: parcels the device takes unacknowledged. `deliveriesPerCommand`: of a withdraw
  /// command.
  Session(
      Shared shared, Wire wire, RegistrationId registration, int window, int deliveriesPerCommand) {
    this.shared = shared;
    this.wire = wire;
    this.registration = registration;
    this.outbox = new Outbox(shared, wire, gate, window, deliveriesPerCommand);
    this.drain = new Drain(shared, this, wire, gate, outbox);
    this.inbox = new Inbox(shared, wire, registration);
  }

  RegistrationId registration() {
    return registration;
  }

  Inbox inbox() {
    return inbox;
  }

  /// The device wants its messages. Again changes nothing.
  void subscribe() {
    if (!drain.isOn()) {
      drain.start();
      turn();
    }
  }

  /// True if it was subscribed.
  boolean unsubscribe() {
    boolean was = drain.isOn();
    drain.stop();
    outbox.clear();
    return was;
  }

  /// The device has a packet; `taken` is false if it says it cannot use it.
  void acknowledged(int packetId, boolean taken) {
    if (outbox.acknowledged(packetId) instanceof Cargo.Parcel(DeliveryId delivery) && taken) {
      shared.devices().acknowledged(delivery);
      shared.listener().acknowledged();
    }
    turn();
  }

  /// Does what can be done now: writes, then sees whether there is room to read on.
  void turn() {
    outbox.pump();
    drain.look();
  }

  /// The connection is over, or about to be.
  void closed() {
    unsubscribe();
    shared.devices().disconnected(registration, this);
  }

  @Override
  public boolean offer(DeliveryAttempt deliveryAttempt) {
    int ticket = gate.take(shared.flow().queue());
    if (ticket >= 0) {
      if (wire.onLoop(() -> offered(ticket, deliveryAttempt))) {
        return true;
      }
      gate.left(1);
    } else if (ticket == Gate.AWAY_FIRST) {
      wire.onLoop(this::turn);
    }
    return false;
  }

  private void offered(int ticket, DeliveryAttempt deliveryAttempt) {
    if (gate.holds(ticket)) {
      outbox.offered(deliveryAttempt);
      turn();
      return;
    }
    // Taken in under a subscription that has ended since. It is in the mailbox: a later one reads
    // it.
    gate.left(1);
    if (deliveryAttempt.firstAttempt()) {
      shared.devices().notSent(deliveryAttempt.delivery(), deliveryAttempt.attempt());
    }
    mailboxChanged();
  }

  @Override
  public void mailboxChanged() {
    if (gate.miss()) {
      wire.onLoop(this::turn);
    }
  }

  @Override
  public void withdraw(List<DeliveryId> deliveries) {
    wire.onLoop(() -> withdrawn(deliveries));
  }

  private void withdrawn(List<DeliveryId> deliveries) {
    for (DeliveryId delivery : deliveries) {
      // Not subscribed: the withdrawals are read when it subscribes.
      if (!outbox.drop(delivery) && drain.isOn() && !outbox.withdraw(delivery)) {
        drain.missedWithdrawal();
      }
    }
    turn();
  }

  @Override
  public void cancel(List<DeliveryId> deliveries) {
    wire.onLoop(
        () -> {
          deliveries.forEach(outbox::drop);
          turn();
        });
  }

  @Override
  public void close(CloseReason why) {
    gate.shut();
    wire.onLoop(
        () ->
            wire.end(
                switch (why) {
                  case TAKEN_OVER -> Reason.TAKEN_OVER;
                  case REGISTRATION_GONE -> Reason.REGISTRATION_GONE;
                  case SECRET_REPLACED -> Reason.NOT_AUTHORIZED;
                  case SERVER_STOPS -> Reason.STOPPING;
                }));
  }
}
