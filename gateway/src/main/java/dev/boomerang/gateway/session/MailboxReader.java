// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.engine.deliver.Devices.MailboxPage;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.port.StoreFailure;
import java.util.List;
import java.util.function.Supplier;

/// Reads what the store holds for a device: first every withdrawal, then the mailbox, oldest first.
/// It reads on a virtual thread, one read at a time, and only when the send queue has room for what
/// a read may bring.
///
/// The gate opens when a read that came to the mailbox's end has missed nothing since it began.
/// Until then every push to the device goes through the store, so what is offered after the gate
/// opened is newer than everything that was read.
final class MailboxReader {
  private static final System.Logger LOG = System.getLogger(MailboxReader.class.getName());

  static final int WITHDRAWALS_PAGE = 500;

  private sealed interface Phase {
    record Withdrawals(TaskId after) implements Phase {}

    record Mailbox(TaskId after) implements Phase {}

    enum Resting implements Phase {
      /// The device has not subscribed.
      UNSUBSCRIBED,
      /// Everything is read and the gate is open.
      LIVE
    }
  }

  /// Holds what a read brought.
  private sealed interface ReadResult {
    record Withdrawals(List<DeliveryId> deliveries) implements ReadResult {}

    record Deliveries(MailboxPage mailboxPage) implements ReadResult {}

    /// The store failed; the read is tried again.
    enum Failed implements ReadResult {
      FAILED
    }
  }

  private final SessionContext context;
  private final Session session;
  private final DeviceLink deviceLink;
  private final OfferGate offerGate;
  private final SendQueue sendQueue;
  private Phase phase = Phase.Resting.UNSUBSCRIBED;
  private boolean reading;
  private boolean discardRead;
  private boolean withdrawalsMissed;

  MailboxReader(
      SessionContext context,
      Session session,
      DeviceLink deviceLink,
      OfferGate offerGate,
      SendQueue sendQueue) {
    this.context = context;
    this.session = session;
    this.deviceLink = deviceLink;
    this.offerGate = offerGate;
    this.sendQueue = sendQueue;
  }

  boolean isSubscribed() {
    return phase != Phase.Resting.UNSUBSCRIBED;
  }

  /// Begins to read, for a new subscription.
  void start() {
    offerGate.subscribe();
    sendQueue.rememberAcknowledged(true);
    phase = new Phase.Withdrawals(TaskId.NONE);
  }

  /// Stops. The result of a read under way is discarded.
  void stop() {
    offerGate.close();
    phase = Phase.Resting.UNSUBSCRIBED;
    discardRead = reading;
    withdrawalsMissed = false;
  }

  /// Records that a withdrawal did not fit into the send queue, so that they are read again.
  void markWithdrawalMissed() {
    withdrawalsMissed = true;
  }

  /// Reads on if there is something to read and room for it. Called whenever either may have
  /// changed.
  void readIfPossible() {
    if (reading || phase == Phase.Resting.UNSUBSCRIBED) {
      return;
    }
    if (withdrawalsMissed && sendQueue.hasRoomForWithdrawals(WITHDRAWALS_PAGE)) {
      withdrawalsMissed = false;
      restart(new Phase.Withdrawals(TaskId.NONE));
    } else if (phase == Phase.Resting.LIVE && offerGate.hasMissed()) {
      restart(new Phase.Mailbox(TaskId.NONE));
    }
    RegistrationId id = session.registration();
    switch (phase) {
      case Phase.Withdrawals(TaskId after) when sendQueue.hasRoomForWithdrawals(WITHDRAWALS_PAGE) ->
          read(() -> withdrawals(id, after));
      case Phase.Mailbox(TaskId after) when sendQueue.hasRoomFor(pageSize()) -> {
        if (after.equals(TaskId.NONE)) {
          offerGate.beginRead();
        }
        read(() -> mailbox(id, after));
      }
      case Phase.Withdrawals _, Phase.Mailbox _, Phase.Resting _ -> {}
    }
  }

  private void restart(Phase from) {
    offerGate.markMissed();
    sendQueue.rememberAcknowledged(true);
    phase = from;
  }

  private int pageSize() {
    return context.flow().queue() / 2;
  }

  private ReadResult withdrawals(RegistrationId id, TaskId after) {
    return new ReadResult.Withdrawals(context.devices().withdrawals(id, after, WITHDRAWALS_PAGE));
  }

  private ReadResult mailbox(RegistrationId id, TaskId after) {
    return new ReadResult.Deliveries(context.devices().mailbox(id, after, pageSize()));
  }

  private void read(Supplier<ReadResult> read) {
    reading = true;
    deviceLink.runBlocking(
        () -> {
          ReadResult readResult = attempt(read);
          if (!deviceLink.execute(() -> onRead(readResult))) {
            returnUnsent(readResult);
          }
        });
  }

  private static ReadResult attempt(Supplier<ReadResult> read) {
    try {
      return read.get();
    } catch (RuntimeException e) {
      LOG.log(StoreFailure.logLevelOf(e), "cannot read a mailbox", e);
      return ReadResult.Failed.FAILED;
    }
  }

  private void onRead(ReadResult readResult) {
    reading = false;
    if (discardRead) {
      discardRead = false;
      returnUnsent(readResult);
    } else {
      accept(readResult);
    }
    session.proceed();
  }

  private void accept(ReadResult readResult) {
    switch (readResult) {
      case ReadResult.Withdrawals(List<DeliveryId> deliveries) -> {
        for (DeliveryId delivery : deliveries) {
          withdrawalsMissed |= !sendQueue.withdraw(delivery);
        }
        phase =
            deliveries.size() == WITHDRAWALS_PAGE
                ? new Phase.Withdrawals(deliveries.getLast().task())
                : new Phase.Mailbox(TaskId.NONE);
      }
      case ReadResult.Deliveries(MailboxPage mailboxPage) -> {
        sendQueue.enqueueRead(mailboxPage.attempts());
        if (mailboxPage.more()) {
          phase = new Phase.Mailbox(mailboxPage.last());
        } else if (offerGate.tryOpen()) {
          sendQueue.rememberAcknowledged(false);
          phase = Phase.Resting.LIVE;
          context.listener().caughtUp();
        } else {
          phase = new Phase.Mailbox(TaskId.NONE);
        }
      }
      case ReadResult.Failed _ -> {
        // Retries later: at once, it would find the store in the same state.
        reading = true;
        deviceLink.schedule(this::retry);
      }
    }
  }

  private void retry() {
    reading = false;
    discardRead = false;
    session.proceed();
  }

  /// Reports the messages of a discarded read as not sent. From any thread.
  private void returnUnsent(ReadResult readResult) {
    if (readResult instanceof ReadResult.Deliveries(MailboxPage mailboxPage)) {
      for (DeliveryAttempt deliveryAttempt : mailboxPage.attempts()) {
        if (deliveryAttempt.firstAttempt()) {
          context.devices().notSent(deliveryAttempt.delivery(), deliveryAttempt.attempt());
        }
      }
    }
  }
}
