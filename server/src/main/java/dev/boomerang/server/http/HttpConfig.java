// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.model.text.TrustedProxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Settings of where to listen and how much to take. Port 0 picks a free one. With `tls` the same
/// endpoints also answer https, on a port of their own. `trustedProxies` are believed about who
/// called.
public record HttpConfig(
    String host, int port, Optional<Tls> tls, Limits limits, TrustedProxies trustedProxies) {

  /// Without proxies.
  public HttpConfig(String host, int port, Optional<Tls> tls, Limits limits) {
    this(host, port, tls, limits, TrustedProxies.NONE);
  }

  /// `certificate` is a PEM chain, `key` its PKCS#8 key in PEM.
  public record Tls(int port, Path certificate, Path key) {}

  /// `maxBodyBytes`: a longer body is answered 413. `maxInFlight`: calls that run at once; one more
  /// is answered 503. `memoryBytes`: what all calls under way may hold together. `connections`: how
  /// many are kept. `callTime`: from a request's first byte to its answer; then 408 or 503.
  /// `idleTime`: a connection without any byte for so long is closed. `stopTime`: how long
  /// [HttpServer#close] waits for calls in flight.
  public record Limits(
      int maxBodyBytes,
      int maxInFlight,
      long memoryBytes,
      MaxConnections connections,
      Duration callTime,
      Duration idleTime,
      Duration stopTime) {
    public static final Limits DEFAULT =
        new Limits(
            2 * 1024 * 1024,
            1_000,
            defaultMemory(),
            new MaxConnections(10_000, 5_000),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofSeconds(10));

    /// Three tenths of the heap: the rest is the store's, the devices' and the collector's.
    public static long defaultMemory() {
      return Runtime.getRuntime().maxMemory() / 10 * 3;
    }
  }

  /// Limits the connections of all callers, and of each address. When there are as many, those that
  /// have never sent anything go first; a few places are kept for health checks.
  public record MaxConnections(int total, int perAddress) {}
}
