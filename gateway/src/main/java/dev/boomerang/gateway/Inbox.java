// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;

/// Receipts on their way from a device to the store: recorded in the order they came, acknowledged
/// once they are durable. While one lot is being recorded the next gathers. On the event loop only.
final class Inbox {
  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());

  /// The packet id of a packet that wants no acknowledgement.
  static final int UNACKNOWLEDGED = 0;

  /// One packet of receipts, and the answer it gets once all before it are answered.
  private record Packet(int id, List<Receipt> receipts, Reason answer) {}

  private final Shared shared;
  private final Wire wire;
  private final RegistrationId registration;
  private List<Packet> waiting = List.of();
  private int held;
  private boolean recording;

  Inbox(Shared shared, Wire wire, RegistrationId registration) {
    this.shared = shared;
    this.wire = wire;
    this.registration = registration;
  }

  /// Whether as many packets wait here as we said we take.
  boolean isFull() {
    return held >= shared.flow().inFlight();
  }

  /// A packet that could not be read counts as one without receipts: it is answered in its turn,
  /// with the reason.
  void take(int packetId, ReceiptReader.Result read) {
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>(1);
    }
    waiting.add(
        switch (read) {
          case ReceiptReader.Result.Receipts(var receipts) ->
              new Packet(packetId, receipts, Reason.SUCCESS);
          case ReceiptReader.Result.Bad(Reason reason) -> new Packet(packetId, List.of(), reason);
        });
    held++;
    wire.hold(isFull());
    record();
  }

  private void record() {
    if (recording || waiting.isEmpty()) {
      return;
    }
    List<Packet> packets = waiting;
    waiting = List.of();
    recording = true;
    wire.aside(
        () -> {
          Reason outcome = store(packets);
          wire.onLoop(() -> recorded(packets, outcome));
        });
  }

  private Reason store(List<Packet> packets) {
    try {
      int counted =
          shared
              .devices()
              .receipts(
                  registration, packets.stream().flatMap(p -> p.receipts().stream()).toList());
      shared.listener().receipts(counted);
      return Reason.SUCCESS;
    } catch (RuntimeException e) {
      LOG.log(StoreFailure.logLevelOf(e), "receipts find no store", e);
      return Reason.BUSY;
    }
  }

  private void recorded(List<Packet> packets, Reason outcome) {
    recording = false;
    held -= packets.size();
    if (outcome != Reason.SUCCESS) {
      // Unacknowledged, so the device keeps them and sends them again on its next connection.
      wire.end(outcome);
      return;
    }
    for (Packet packet : packets) {
      if (packet.id() != UNACKNOWLEDGED) {
        wire.acknowledge(packet.id(), packet.answer());
      }
    }
    wire.hold(isFull());
    record();
  }
}
