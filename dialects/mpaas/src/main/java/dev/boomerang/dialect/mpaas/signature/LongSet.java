// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

/// A set of longs that are already random, with open addressing, at most three quarters full. It is
/// not thread-safe.
final class LongSet {
  private long[] slots = new long[16];
  private int size;
  private boolean zero;

  int size() {
    return size + (zero ? 1 : 0);
  }

  boolean has(long value) {
    return value == 0 ? zero : slots[find(slots, value)] == value;
  }

  void add(long value) {
    if (value == 0) {
      zero = true;
      return;
    }
    int slot = find(slots, value);
    if (slots[slot] == 0) {
      slots[slot] = value;
      size++;
      if (size > slots.length / 4 * 3) {
        grow();
      }
    }
  }

  /// Returns the slot of `value`, or the free slot where it belongs.
  private static int find(long[] in, long value) {
    int slot = (int) value & (in.length - 1);
    while (in[slot] != 0 && in[slot] != value) {
      slot = (slot + 1) & (in.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long value : slots) {
      if (value != 0) {
        larger[find(larger, value)] = value;
      }
    }
    slots = larger;
  }
}
