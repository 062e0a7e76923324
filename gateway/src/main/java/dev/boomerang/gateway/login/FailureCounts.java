// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.login;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// Counts failures by key in windows of time, in a fixed amount of memory: keys share slots by
/// their hash. Two keys in one slot count together, which is why nothing but a delay may follow
/// from a count. Whoever picks keys cannot pick slots: the hash is salted.
final class FailureCounts {
  private static final int SLOT_BITS = 14;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int MIX = 0x9E3779B1;

  private final AtomicIntegerArray failures = new AtomicIntegerArray(SLOTS);
  private final AtomicLongArray windows = new AtomicLongArray(SLOTS);
  private final long windowNanos;
  private final LongSupplier nanos;
  private final long began;
  private final int salt;

  /// Counts in windows of `window`. `nanos` must be monotonic.
  FailureCounts(Duration window, LongSupplier nanos, int salt) {
    this.windowNanos = window.toNanos();
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.salt = salt;
  }

  /// Counts one more and returns how many there are in this window.
  int count(Object key) {
    int slot = ((key.hashCode() ^ salt) * MIX) >>> (Integer.SIZE - SLOT_BITS);
    long window = (nanos.getAsLong() - began) / windowNanos;
    long before = windows.get(slot);
    if (before != window && windows.compareAndSet(slot, before, window)) {
      failures.set(slot, 0);
    }
    return failures.updateAndGet(slot, count -> count == Integer.MAX_VALUE ? count : count + 1);
  }
}
