// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.config.GatewayConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final LoginThrottle loginThrottle =
      new LoginThrottle(
          new GatewayConfig.LoginLimits(4, 2, WINDOW, Duration.ofSeconds(1), 1), nanos::get);

  private Duration failed(String host, int registration) {
    return loginThrottle.recordFailure(
        new InetSocketAddress(host, 40_000), "registration " + registration);
  }

  @Test
  void registration_thatFailsTooOften_waitsLongerAndLonger_whateverTheAddress() {
    assertThat(failed("10.0.0.1", 1)).isZero();
    assertThat(failed("10.0.0.2", 1)).isZero();
    assertThat(failed("10.0.0.3", 1)).isEqualTo(Duration.ofMillis(250));
    assertThat(failed("10.0.0.4", 1)).isEqualTo(Duration.ofMillis(500));
    assertThat(failed("10.0.0.5", 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(failed("10.0.0.6", 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(failed("10.0.0.6", 2)).isZero();
  }

  @Test
  void address_thatFailsTooOften_waits_whateverTheRegistration() {
    for (int i = 0; i < 4; i++) {
      assertThat(failed("10.0.0.1", i)).isZero();
    }

    assertThat(failed("10.0.0.1", 4)).isEqualTo(Duration.ofMillis(250));
    assertThat(failed("10.0.0.2", 5)).isZero();
  }

  @Test
  void window_thatIsOver_resetsTheCount() {
    for (int i = 0; i < 3; i++) {
      failed("10.0.0.1", 1);
    }

    nanos.addAndGet(WINDOW.toNanos());

    assertThat(failed("10.0.0.1", 1)).isZero();
  }

  @Test
  void ipv6_countsByItsSubscriber() {
    for (int i = 0; i < 4; i++) {
      failed("2001:db8:1:2::" + i, i);
    }

    assertThat(failed("2001:db8:1:2:ffff::9", 5)).isEqualTo(Duration.ofMillis(250));
    assertThat(failed("2001:db8:1:3::1", 6)).isZero();
  }

  @Test
  void refusals_thatWait_areBounded() {
    int waiting = 0;
    while (loginThrottle.tryDelay()) {
      waiting++;
    }

    assertThat(waiting).isEqualTo(10_000);
    assertThat(loginThrottle.tryDelay()).isFalse();
    loginThrottle.delayDone();
    assertThat(loginThrottle.tryDelay()).isTrue();
  }
}
