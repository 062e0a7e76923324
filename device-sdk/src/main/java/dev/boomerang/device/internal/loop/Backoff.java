// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.loop;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Computes how long to wait before the next try: twice as long each time, up to a bound, of which a
 * random half is subtracted, so that the devices of a server that went away do not all come back in
 * the same second.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 30;

  private final Duration initial;
  private final Duration max;
  private final DoubleSupplier random;
  private int doublings;

  /** Creates a backoff; {@code random} gives numbers from 0 to 1. */
  public Backoff(Duration initial, Duration max, DoubleSupplier random) {
    this.initial = initial;
    this.max = max;
    this.random = random;
  }

  /** Returns the next wait, and doubles the one after it. */
  public Duration next() {
    Duration whole = initial.multipliedBy(1L << doublings);
    doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
    return jittered(whole.compareTo(max) < 0 ? whole : max);
  }

  /** Returns the duration less a random part of up to a half. */
  public Duration jittered(Duration whole) {
    return Duration.ofMillis(Math.round(whole.toMillis() * (0.5 + 0.5 * random.getAsDouble())));
  }

  /** Starts over with the first wait. */
  public void reset() {
    doublings = 0;
  }
}
