// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;

/// Stores the receipts of one device in the order they came, and acknowledges them once they are
/// durable. While one batch is being stored the next gathers. On the event loop only.
public final class ReceiptQueue {
  private static final System.Logger LOG = System.getLogger(ReceiptQueue.class.getName());

  /// The packet id of a packet that asks for no acknowledgement.
  public static final int UNACKNOWLEDGED = 0;

  /// Holds one packet of receipts, and the answer it gets once all before it are answered.
  private record Packet(int id, List<Receipt> receipts, ReasonCode answer) {}

  private final SessionContext context;
  private final DeviceLink deviceLink;
  private final RegistrationId registration;
  private List<Packet> waiting = List.of();
  private int unanswered;
  private boolean recording;

  ReceiptQueue(SessionContext context, DeviceLink deviceLink, RegistrationId registration) {
    this.context = context;
    this.deviceLink = deviceLink;
    this.registration = registration;
  }

  /// Returns whether as many packets wait here as the server takes.
  public boolean isFull() {
    return unanswered >= context.flow().inFlight();
  }

  /// Queues a packet. One that could not be read counts as a packet without receipts: it is
  /// answered in its turn, with the reason.
  public void add(int packetId, ReceiptReader.Result read) {
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>(1);
    }
    waiting.add(
        switch (read) {
          case ReceiptReader.Result.Receipts(var receipts) ->
              new Packet(packetId, receipts, ReasonCode.SUCCESS);
          case ReceiptReader.Result.Invalid(ReasonCode reasonCode) ->
              new Packet(packetId, List.of(), reasonCode);
        });
    unanswered++;
    deviceLink.pauseReading(isFull());
    recordNext();
  }

  private void recordNext() {
    if (recording || waiting.isEmpty()) {
      return;
    }
    List<Packet> packets = waiting;
    waiting = List.of();
    recording = true;
    deviceLink.runBlocking(
        () -> {
          ReasonCode outcome = store(packets);
          deviceLink.execute(() -> onRecorded(packets, outcome));
        });
  }

  private ReasonCode store(List<Packet> packets) {
    try {
      int counted =
          context
              .devices()
              .receipts(
                  registration, packets.stream().flatMap(p -> p.receipts().stream()).toList());
      context.listener().receipts(counted);
      return ReasonCode.SUCCESS;
    } catch (RuntimeException e) {
      LOG.log(StoreFailure.logLevelOf(e), "cannot store receipts", e);
      return ReasonCode.BUSY;
    }
  }

  private void onRecorded(List<Packet> packets, ReasonCode outcome) {
    recording = false;
    unanswered -= packets.size();
    if (outcome != ReasonCode.SUCCESS) {
      // Unacknowledged, so the device keeps them and sends them again on its next connection.
      deviceLink.disconnect(outcome);
      return;
    }
    for (Packet packet : packets) {
      if (packet.id() != UNACKNOWLEDGED) {
        deviceLink.acknowledge(packet.id(), packet.answer());
      }
    }
    deviceLink.pauseReading(isFull());
    recordNext();
  }
}
