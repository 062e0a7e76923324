// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.ManualClock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final Throttle throttle =
      new Throttle(new GatewayConfig.Throttle(2, Duration.ofMinutes(1)), clock);

  private static InetSocketAddress address(String host) {
    return new InetSocketAddress(host, 40_000);
  }

  @Test
  void address_withTooManyFailures_isBlockedUntilTheWindowIsOver() {
    throttle.failed(address("10.0.0.1"));
    assertThat(throttle.blocks(address("10.0.0.1"))).isFalse();
    throttle.failed(address("10.0.0.1"));
    assertThat(throttle.blocks(address("10.0.0.1"))).isTrue();
    assertThat(throttle.blocks(address("10.0.0.2"))).isFalse();

    clock.advance(Duration.ofMinutes(1));

    assertThat(throttle.blocks(address("10.0.0.1"))).isFalse();
    throttle.failed(address("10.0.0.1"));
    assertThat(throttle.blocks(address("10.0.0.1"))).isFalse();
  }

  @Test
  void ipv6_countsByItsSubscriber() {
    throttle.failed(address("2001:db8:1:2::1"));
    throttle.failed(address("2001:db8:1:2:ffff::2"));

    assertThat(throttle.blocks(address("2001:db8:1:2::3"))).isTrue();
    assertThat(throttle.blocks(address("2001:db8:1:3::1"))).isFalse();
  }
}
