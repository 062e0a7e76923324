// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.model.push.DeliveryId;
import java.util.Arrays;

/// Keeps what was written to the device and is not acknowledged yet, by packet id; at most `size`
/// packets. It holds no memory while it is empty.
final class InflightWindow {

  /// Says what a packet id stands for.
  sealed interface InflightPacket {
    record Message(DeliveryId delivery) implements InflightPacket {}

    enum Other implements InflightPacket {
      WITHDRAWAL,
      /// The packet id is free.
      NONE
    }
  }

  private static final InflightPacket[] EMPTY = {};
  private static final int FIRST_SLOTS = 4;

  private final int size;
  private InflightPacket[] slots = EMPTY;
  private int used;

  InflightWindow(int size) {
    this.size = size;
  }

  boolean hasRoom() {
    return used < size;
  }

  /// Assigns a free packet id and returns it. There must be room.
  int add(InflightPacket inflightPacket) {
    int slot = 0;
    while (slot < slots.length && slots[slot] != InflightPacket.Other.NONE) {
      slot++;
    }
    if (slot == slots.length) {
      grow();
    }
    slots[slot] = inflightPacket;
    used++;
    return slot + 1;
  }

  /// Frees the packet id and returns what it stood for.
  InflightPacket remove(int packetId) {
    if (packetId < 1 || packetId > slots.length) {
      return InflightPacket.Other.NONE;
    }
    InflightPacket was = slots[packetId - 1];
    if (was != InflightPacket.Other.NONE) {
      slots[packetId - 1] = InflightPacket.Other.NONE;
      if (--used == 0) {
        slots = EMPTY;
      }
    }
    return was;
  }

  boolean contains(DeliveryId delivery) {
    for (InflightPacket inflightPacket : slots) {
      if (inflightPacket instanceof InflightPacket.Message(var id) && id.equals(delivery)) {
        return true;
      }
    }
    return false;
  }

  private void grow() {
    int before = slots.length;
    slots = Arrays.copyOf(slots, Math.min(size, Math.max(FIRST_SLOTS, 2 * before)));
    Arrays.fill(slots, before, slots.length, InflightPacket.Other.NONE);
  }
}
