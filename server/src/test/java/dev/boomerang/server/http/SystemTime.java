// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.time.Clock;

/// The machine's own clocks, and memory enough, for servers in tests.
final class SystemTime {
  static final TimeSource SYSTEM = new TimeSource(Clock.systemUTC(), System::nanoTime);
  static final long MEMORY = 64L << 20;

  private SystemTime() {}
}
