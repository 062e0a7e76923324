// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.config;

import dev.boomerang.model.text.TrustedProxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Configures a gateway. `eventLoopThreads` 0 means one thread for every two cores: the store and
/// the HTTP server need the others.
public record GatewayConfig(
    Listen listen,
    Flow flow,
    Timeouts timeouts,
    LoginLimits loginLimits,
    Peers peers,
    int eventLoopThreads,
    int maxConnections) {

  /// Says where devices connect. Port 0 picks a free one. Without `tls` a TLS handshake is refused.
  public record Listen(String host, int port, Optional<Tls> tls) {
    public Listen {
      check(port >= 0 && port <= 65_535, "port must be 0 to 65535");
    }
  }

  /// Names two PEM files: the certificate chain, and its private key (PKCS#8, not encrypted).
  public record Tls(Path certificates, Path key) {}

  /// Bounds one session. `maxPacketBytes` is the largest packet a device may send. `inFlight` is
  /// how many messages a device may have unacknowledged, and how many unacknowledged receipt
  /// packets the server takes from it. `queue` is how many messages wait in memory for room at the
  /// device; the others wait in the store. Writing pauses above `highWaterBytes` and goes on below
  /// `lowWaterBytes`.
  public record Flow(
      int maxPacketBytes, int inFlight, int queue, int lowWaterBytes, int highWaterBytes) {
    public Flow {
      check(maxPacketBytes >= 1_024, "the largest packet must be at least 1024 bytes");
      check(inFlight >= 1 && inFlight <= 1_024, "in flight must be 1 to 1024");
      check(queue >= 2 && queue <= 16_384, "queue must be 2 to 16384");
      check(
          lowWaterBytes >= 0 && lowWaterBytes <= highWaterBytes,
          "the low water mark must be at least 0 and at most the high one");
    }
  }

  /// Holds the timeouts, in whole seconds. `connect` runs from the first byte to a valid CONNECT.
  /// `longestKeepAlive` is what a device gets that asks for more, or for none.
  public record Timeouts(Duration connect, Duration longestKeepAlive) {
    public Timeouts {
      check(connect.toSeconds() >= 1, "the connect timeout must be at least 1 second");
      check(
          longestKeepAlive.toSeconds() >= 1 && longestKeepAlive.toSeconds() <= 65_535,
          "the longest keep-alive must be 1 to 65535 seconds");
    }
  }

  /// Delays the answers to log-ins after `failures` refused ones of an address, or
  /// `failuresPerRegistration` of a registration, within `window`; the delay grows up to
  /// `longestDelay`. At most `concurrent` log-ins are checked at once. Right credentials are never
  /// refused.
  public record LoginLimits(
      int failures,
      int failuresPerRegistration,
      Duration window,
      Duration longestDelay,
      int concurrent) {
    public LoginLimits {
      check(failures >= 1 && failuresPerRegistration >= 1, "failures must be at least 1");
      check(window.toSeconds() >= 1, "the window must be at least 1 second");
      check(!longestDelay.isNegative(), "the longest delay must not be negative");
      check(concurrent >= 1, "concurrent log-ins must be at least 1");
    }

    /// Returns the default limits with another number of failures per address and another window.
    public static LoginLimits of(int failures, Duration window) {
      return new LoginLimits(failures, 5, window, Duration.ofSeconds(5), 64);
    }
  }

  /// Configures what client addresses mean. The proxies of `trustedProxies` may state a client's
  /// address by the PROXY protocol or `X-Forwarded-For`. `maxPending` is how many connections of
  /// one address may be without a CONNECT; 0 is no limit.
  public record Peers(TrustedProxies trustedProxies, int maxPending) {
    public Peers {
      check(maxPending >= 0, "pending connections must be 0 or more");
    }
  }

  public GatewayConfig {
    check(eventLoopThreads >= 0, "event loop threads must be 0 or more");
    check(maxConnections >= 1, "max connections must be at least 1");
  }

  public int eventLoops() {
    return eventLoopThreads > 0
        ? eventLoopThreads
        : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /// Returns the default configuration, without TLS.
  public static GatewayConfig at(String host, int port) {
    return new GatewayConfig(
        new Listen(host, port, Optional.empty()),
        new Flow(64 * 1024, 32, 64, 32 * 1024, 64 * 1024),
        new Timeouts(Duration.ofSeconds(10), Duration.ofHours(1)),
        LoginLimits.of(60, Duration.ofMinutes(1)),
        new Peers(TrustedProxies.NONE, 1_000),
        0,
        1_000_000);
  }

  public GatewayConfig with(Tls tls) {
    return new GatewayConfig(
        new Listen(listen.host(), listen.port(), Optional.of(tls)),
        flow,
        timeouts,
        loginLimits,
        peers,
        eventLoopThreads,
        maxConnections);
  }

  public GatewayConfig with(Flow newFlow) {
    return new GatewayConfig(
        listen, newFlow, timeouts, loginLimits, peers, eventLoopThreads, maxConnections);
  }

  public GatewayConfig with(Timeouts newPatience) {
    return new GatewayConfig(
        listen, flow, newPatience, loginLimits, peers, eventLoopThreads, maxConnections);
  }

  public GatewayConfig with(LoginLimits newThrottle) {
    return new GatewayConfig(
        listen, flow, timeouts, newThrottle, peers, eventLoopThreads, maxConnections);
  }

  public GatewayConfig with(Peers newPeers) {
    return new GatewayConfig(
        listen, flow, timeouts, loginLimits, newPeers, eventLoopThreads, maxConnections);
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
