// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: twice as long each time, up to a bound, of which a random
 * half is taken off, so that the devices of a server that went away do not all come back in the
 * same second.
 */
final class Backoff {
  private static final int MAX_DOUBLINGS = 30;

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private int doublings;

  /** {@code random} gives numbers from 0 to 1. */
  Backoff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  Duration next() {
    Duration whole = first.multipliedBy(1L << doublings);
    doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
    return jittered(whole.compareTo(longest) < 0 ? whole : longest);
  }

  Duration jittered(Duration whole) {
    return Duration.ofMillis(Math.round(whole.toMillis() * (0.5 + 0.5 * random.getAsDouble())));
  }

  void reset() {
    doublings = 0;
  }
}
