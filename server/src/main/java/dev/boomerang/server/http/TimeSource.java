// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The times a server needs: the time of day for the `Date` header, and a monotonic one, in
/// nanoseconds, for ages and timeouts, which a step of the machine's clock must not touch.
public record TimeSource(Clock timeOfDay, LongSupplier monotonic) {
  long nanos() {
    return monotonic.getAsLong();
  }

  Duration since(long nanos) {
    return Duration.ofNanos(monotonic.getAsLong() - nanos);
  }
}
