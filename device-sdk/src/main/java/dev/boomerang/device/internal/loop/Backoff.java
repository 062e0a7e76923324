// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.loop;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: twice as long each time, up to a bound, of which a random
 * half is taken off, so that the devices of a server that went away do not all come back in the
 * same second.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 30;

  private final Duration initial;
  private final Duration max;
  private final DoubleSupplier random;
  private int doublings;

  /** {@code random} gives numbers from 0 to 1. */
  public Backoff(Duration initial, Duration max, DoubleSupplier random) {
    this.initial = initial;
    this.max = max;
    this.random = random;
  }

  public Duration next() {
    Duration whole = initial.multipliedBy(1L << doublings);
    doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
    return jittered(whole.compareTo(max) < 0 ? whole : max);
  }

  public Duration jittered(Duration whole) {
    return Duration.ofMillis(Math.round(whole.toMillis() * (0.5 + 0.5 * random.getAsDouble())));
  }

  public void reset() {
    doublings = 0;
  }
}
