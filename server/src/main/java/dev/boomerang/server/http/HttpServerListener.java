// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.time.Duration;

/// Told what the HTTP server does, for metrics. Must not block, must not throw, and decides
/// nothing.
public interface HttpServerListener {
  HttpServerListener NONE = new HttpServerListener() {};

  /// A request got its answer, or its refusal. `took` is from its head to the answer's hand-over.
  default void answered(int status, Duration took) {}

  /// An endpoint began or ended its work.
  default void inFlight(int now) {}

  default void connections(int now) {}

  /// Receives the number of bytes that calls under way hold, from time to time.
  default void memory(long bytes) {}
}
