// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.model.push.DeliveryId;
import java.util.Arrays;

/// What was written to the device and not acknowledged yet, by packet id. At most `size` at once.
/// Holds no memory while it is empty.
final class Window {

  /// What a packet id stands for.
  sealed interface Cargo {
    record Parcel(DeliveryId delivery) implements Cargo {}

    enum Other implements Cargo {
      WITHDRAWAL,
      /// The packet id is free.
      NONE
    }
  }

  private static final Cargo[] EMPTY = {};
  private static final int FIRST_SLOTS = 4;

  private final int size;
  private Cargo[] slots = EMPTY;
  private int open;

  Window(int size) {
    this.size = size;
  }

  boolean hasRoom() {
    return open < size;
  }

  /// Gives the cargo a packet id. There must be room.
  int put(Cargo cargo) {
    int slot = 0;
    while (slot < slots.length && slots[slot] != Cargo.Other.NONE) {
      slot++;
    }
    if (slot == slots.length) {
      grow();
    }
    slots[slot] = cargo;
    open++;
    return slot + 1;
  }

  /// Frees the packet id and tells what it stood for.
  Cargo remove(int packetId) {
    if (packetId < 1 || packetId > slots.length) {
      return Cargo.Other.NONE;
    }
    Cargo was = slots[packetId - 1];
    if (was != Cargo.Other.NONE) {
      slots[packetId - 1] = Cargo.Other.NONE;
      if (--open == 0) {
        slots = EMPTY;
      }
    }
    return was;
  }

  boolean has(DeliveryId delivery) {
    for (Cargo cargo : slots) {
      if (cargo instanceof Cargo.Parcel(var id) && id.equals(delivery)) {
        return true;
      }
    }
    return false;
  }

  private void grow() {
    int before = slots.length;
    slots = Arrays.copyOf(slots, Math.min(size, Math.max(FIRST_SLOTS, 2 * before)));
    Arrays.fill(slots, before, slots.length, Cargo.Other.NONE);
  }
}
