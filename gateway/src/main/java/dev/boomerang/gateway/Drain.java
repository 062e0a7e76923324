// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.engine.deliver.Devices.MailboxPage;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.port.StoreFailure;
import java.util.List;
import java.util.function.Supplier;

/// Reads what the store holds for a device: first every withdrawal, then the mailbox, oldest first.
/// One read at a time, on a virtual thread, and only when the outbox has room for what it may
/// bring.
///
/// The gate opens when a read that came to the mailbox's end has missed nothing since it began.
/// Until then every push to the device goes through the store; so whatever is offered after the
/// gate opened is newer than all that was read.
final class Drain {
  private static final System.Logger LOG = System.getLogger(Drain.class.getName());

  static final int WITHDRAWALS_PAGE = 500;

  private sealed interface Phase {
    record Withdrawals(TaskId after) implements Phase {}

    record Mailbox(TaskId after) implements Phase {}

    enum Resting implements Phase {
      /// Nobody subscribed.
      OFF,
      /// All is read and the gate is open.
      LIVE
    }
  }

  /// What a read brought.
  private sealed interface Brought {
    record Withdrawn(List<DeliveryId> deliveries) implements Brought {}

    record Parcels(MailboxPage mailboxPage) implements Brought {}

    /// The store gave no answer.
    enum Nothing implements Brought {
      NOTHING
    }
  }

  private final Shared shared;
  private final Session session;
  private final Wire wire;
  private final Gate gate;
  private final Outbox outbox;
  private Phase phase = Phase.Resting.OFF;
  private boolean reading;
  private boolean unwanted;
  private boolean withdrawalsMissed;

  Drain(Shared shared, Session session, Wire wire, Gate gate, Outbox outbox) {
    this.shared = shared;
    this.session = session;
    this.wire = wire;
    this.gate = gate;
    this.outbox = outbox;
  }

  boolean isOn() {
    return phase != Phase.Resting.OFF;
  }

  /// Begins from the beginning.
  void start() {
    gate.subscribe();
    outbox.rememberAcknowledged(true);
    phase = new Phase.Withdrawals(TaskId.NONE);
  }

  /// Stops. What a read under way still brings is not wanted.
  void stop() {
    gate.shut();
    phase = Phase.Resting.OFF;
    unwanted = reading;
    withdrawalsMissed = false;
  }

  /// A withdrawal did not fit into the outbox.
  void missedWithdrawal() {
    withdrawalsMissed = true;
  }

  /// Reads on if there is something to read and room for it. Called whenever either may have
  /// changed.
  void look() {
    if (reading || phase == Phase.Resting.OFF) {
      return;
    }
    if (withdrawalsMissed && outbox.hasRoomForWithdrawals(WITHDRAWALS_PAGE)) {
      withdrawalsMissed = false;
      restart(new Phase.Withdrawals(TaskId.NONE));
    } else if (phase == Phase.Resting.LIVE && gate.missed()) {
      restart(new Phase.Mailbox(TaskId.NONE));
    }
    RegistrationId id = session.registration();
    switch (phase) {
      case Phase.Withdrawals(TaskId after) when outbox.hasRoomForWithdrawals(WITHDRAWALS_PAGE) ->
          read(() -> withdrawals(id, after));
      case Phase.Mailbox(TaskId after) when outbox.hasRoomFor(page()) -> {
        if (after.equals(TaskId.NONE)) {
          gate.reading();
        }
        read(() -> mailbox(id, after));
      }
      case Phase.Withdrawals _, Phase.Mailbox _, Phase.Resting _ -> {}
    }
  }

  private void restart(Phase from) {
    gate.miss();
    outbox.rememberAcknowledged(true);
    phase = from;
  }

  private int page() {
    return shared.flow().queue() / 2;
  }

  private Brought withdrawals(RegistrationId id, TaskId after) {
    return new Brought.Withdrawn(shared.devices().withdrawals(id, after, WITHDRAWALS_PAGE));
  }

  private Brought mailbox(RegistrationId id, TaskId after) {
    return new Brought.Parcels(shared.devices().mailbox(id, after, page()));
  }

  private void read(Supplier<Brought> read) {
    reading = true;
    wire.aside(
        () -> {
          Brought brought = ask(read);
          if (!wire.onLoop(() -> brought(brought))) {
            giveBack(brought);
          }
        });
  }

  private static Brought ask(Supplier<Brought> read) {
    try {
      return read.get();
    } catch (RuntimeException e) {
      LOG.log(StoreFailure.logLevelOf(e), "a mailbox waits for the store", e);
      return Brought.Nothing.NOTHING;
    }
  }

  private void brought(Brought brought) {
    reading = false;
    if (unwanted) {
      unwanted = false;
      giveBack(brought);
    } else {
      take(brought);
    }
    session.turn();
  }

  private void take(Brought brought) {
    switch (brought) {
      case Brought.Withdrawn(List<DeliveryId> deliveries) -> {
        for (DeliveryId delivery : deliveries) {
          withdrawalsMissed |= !outbox.withdraw(delivery);
        }
        phase =
            deliveries.size() == WITHDRAWALS_PAGE
                ? new Phase.Withdrawals(deliveries.getLast().task())
                : new Phase.Mailbox(TaskId.NONE);
      }
      case Brought.Parcels(MailboxPage mailboxPage) -> {
        outbox.read(mailboxPage.deliveryAttempts());
        if (mailboxPage.more()) {
          phase = new Phase.Mailbox(mailboxPage.last());
        } else if (gate.open()) {
          outbox.rememberAcknowledged(false);
          phase = Phase.Resting.LIVE;
          shared.listener().caughtUp();
        } else {
          phase = new Phase.Mailbox(TaskId.NONE);
        }
      }
      case Brought.Nothing _ -> {
        // Asks again later; a second attempt at once would find the store in the same state.
        reading = true;
        wire.later(this::again);
      }
    }
  }

  private void again() {
    reading = false;
    unwanted = false;
    session.turn();
  }

  /// From any thread.
  private void giveBack(Brought brought) {
    if (brought instanceof Brought.Parcels(MailboxPage mailboxPage)) {
      for (DeliveryAttempt deliveryAttempt : mailboxPage.deliveryAttempts()) {
        if (deliveryAttempt.firstAttempt()) {
          shared.devices().notSent(deliveryAttempt.delivery(), deliveryAttempt.attempt());
        }
      }
    }
  }
}
