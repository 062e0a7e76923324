// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.gateway.session.InflightWindow.InflightPacket;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection;
import java.util.List;

/// The session of a connected device: it turns what the device sends and what the engine wants into
/// calls of its [DeviceLink]. It knows no sockets. The [DeviceConnection] methods are for any
/// thread, the others for the event loop.
///
/// It keeps no MQTT session state: what outlives a connection is the mailbox in the store.
public final class Session implements DeviceConnection {
  public static final int MAX_DELIVERIES_PER_COMMAND = 500;

  private final SessionContext context;
  private final DeviceLink deviceLink;
  private final RegistrationId registration;
  private final OfferGate offerGate = new OfferGate();
  private final SendQueue sendQueue;
  private final MailboxReader mailboxReader;
  private final ReceiptQueue receiptQueue;

  /// Makes a session. `window`: how many packets the device takes unacknowledged.
  /// `deliveriesPerCommand`: the most deliveries in one withdraw command.
  public Session(
      SessionContext context,
      DeviceLink deviceLink,
      RegistrationId registration,
      int window,
      int deliveriesPerCommand) {
    this.context = context;
    this.deviceLink = deviceLink;
    this.registration = registration;
    this.sendQueue = new SendQueue(context, deviceLink, offerGate, window, deliveriesPerCommand);
    this.mailboxReader = new MailboxReader(context, this, deviceLink, offerGate, sendQueue);
    this.receiptQueue = new ReceiptQueue(context, deviceLink, registration);
  }

  public RegistrationId registration() {
    return registration;
  }

  public ReceiptQueue receipts() {
    return receiptQueue;
  }

  /// Begins to send messages, at the device's SUBSCRIBE. Calling it again changes nothing.
  public void subscribe() {
    if (!mailboxReader.isSubscribed()) {
      mailboxReader.start();
      proceed();
    }
  }

  /// Stops sending messages. Returns whether the device was subscribed.
  public boolean unsubscribe() {
    boolean was = mailboxReader.isSubscribed();
    mailboxReader.stop();
    sendQueue.clear();
    return was;
  }

  /// Handles a PUBACK. `taken` is false if the device says that it cannot use the message.
  public void acknowledged(int packetId, boolean taken) {
    if (sendQueue.acknowledged(packetId) instanceof InflightPacket.Message(DeliveryId delivery)
        && taken) {
      context.devices().acknowledged(delivery);
      context.listener().acknowledged();
    }
    proceed();
  }

  /// Writes what can be written now, then reads on if there is room.
  public void proceed() {
    sendQueue.writePending();
    mailboxReader.readIfPossible();
  }

  /// Ends the session: the connection is closed or about to be.
  public void onClosed() {
    unsubscribe();
    context.devices().disconnected(registration, this);
  }

  @Override
  public boolean offer(DeliveryAttempt deliveryAttempt) {
    int ticket = offerGate.tryEnter(context.flow().queue());
    if (ticket >= 0) {
      if (deviceLink.execute(() -> onOffered(ticket, deliveryAttempt))) {
        return true;
      }
      offerGate.exit(1);
    } else if (ticket == OfferGate.REJECTED_FIRST) {
      deviceLink.execute(this::proceed);
    }
    return false;
  }

  private void onOffered(int ticket, DeliveryAttempt deliveryAttempt) {
    if (offerGate.isCurrent(ticket)) {
      sendQueue.enqueueOffered(deliveryAttempt);
      proceed();
      return;
    }
    // Offered under a subscription that has ended. It is in the mailbox: a later one reads it.
    offerGate.exit(1);
    if (deliveryAttempt.firstAttempt()) {
      context.devices().notSent(deliveryAttempt.delivery(), deliveryAttempt.attempt());
    }
    mailboxChanged();
  }

  @Override
  public void mailboxChanged() {
    if (offerGate.markMissed()) {
      deviceLink.execute(this::proceed);
    }
  }

  @Override
  public void withdraw(List<DeliveryId> deliveries) {
    deviceLink.execute(() -> onWithdrawn(deliveries));
  }

  private void onWithdrawn(List<DeliveryId> deliveries) {
    for (DeliveryId delivery : deliveries) {
      // A session without a subscription reads the withdrawals when it subscribes.
      if (!sendQueue.remove(delivery)
          && mailboxReader.isSubscribed()
          && !sendQueue.withdraw(delivery)) {
        mailboxReader.markWithdrawalMissed();
      }
    }
    proceed();
  }

  @Override
  public void cancel(List<DeliveryId> deliveries) {
    deviceLink.execute(
        () -> {
          deliveries.forEach(sendQueue::remove);
          proceed();
        });
  }

  @Override
  public void close(CloseReason why) {
    offerGate.close();
    deviceLink.execute(
        () ->
            deviceLink.disconnect(
                switch (why) {
                  case TAKEN_OVER -> ReasonCode.TAKEN_OVER;
                  case REGISTRATION_GONE -> ReasonCode.REGISTRATION_GONE;
                  case SECRET_REPLACED -> ReasonCode.NOT_AUTHORIZED;
                  case SERVER_STOPS -> ReasonCode.STOPPING;
                }));
  }
}
