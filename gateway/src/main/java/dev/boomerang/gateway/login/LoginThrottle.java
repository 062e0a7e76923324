// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.login;

import dev.boomerang.gateway.config.GatewayConfig;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Computes how long the answer to a refused log-in waits: not at all at first, then longer and
/// longer, by its address and by its registration. It is asked only after a log-in has failed, so
/// it never delays right credentials, whoever else has the same address.
public final class LoginThrottle {
  /// The first delay; each further failure doubles it.
  private static final Duration FIRST_DELAY = Duration.ofMillis(250);

  private static final int MAX_DOUBLINGS = 20;

  /// The most refusals that wait at once. A further one is answered at once: a delay costs the
  /// server memory and an attacker nothing.
  private static final int MAX_WAITING = 10_000;

  private final GatewayConfig.LoginLimits config;
  private final FailureCounts byAddress;
  private final FailureCounts byRegistration;
  private final AtomicInteger waiting = new AtomicInteger();

  public LoginThrottle(GatewayConfig.LoginLimits config, LongSupplier nanos) {
    this.config = config;
    int salt = new SecureRandom().nextInt();
    this.byAddress = new FailureCounts(config.window(), nanos, salt);
    this.byRegistration = new FailureCounts(config.window(), nanos, salt);
  }

  /// Counts a failed log-in and returns how long its refusal waits.
  public Duration recordFailure(SocketAddress remote, String registration) {
    Duration own = delay(byRegistration.count(registration) - config.failuresPerRegistration());
    return ClientAddressKey.of(remote)
        .map(key -> delay(byAddress.count(key) - config.failures()))
        .filter(ofAddress -> ofAddress.compareTo(own) > 0)
        .orElse(own);
  }

  private Duration delay(int tooMany) {
    if (tooMany <= 0) {
      return Duration.ZERO;
    }
    Duration grown = FIRST_DELAY.multipliedBy(1L << Math.min(tooMany - 1, MAX_DOUBLINGS));
    return grown.compareTo(config.longestDelay()) < 0 ? grown : config.longestDelay();
  }

  /// Returns whether one more refusal may wait. [#delayDone] must follow.
  public boolean tryDelay() {
    if (waiting.incrementAndGet() <= MAX_WAITING) {
      return true;
    }
    waiting.decrementAndGet();
    return false;
  }

  public void delayDone() {
    waiting.decrementAndGet();
  }
}
