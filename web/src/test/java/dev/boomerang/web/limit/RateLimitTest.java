// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.web.limit.RateLimit.Usage;
import dev.boomerang.web.limit.RateLimit.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  /// 23:59:30 in Shanghai.
  private static final Instant EVENING = Instant.parse("2026-11-21T15:59:30Z");

  private static final Window DAY = new Window.Day(ZoneId.of("Asia/Shanghai"));

  private final ManualClock clock = new ManualClock(EVENING);

  private RateLimit<String> limit(int most, Window window) {
    return new RateLimit<>(most, window, clock);
  }

  @Test
  void limit_isForEachNameApart() {
    var limit = limit(2, Window.MINUTE);
    assertThat(limit.allows("shop")).isTrue();
    assertThat(limit.allows("shop")).isTrue();
    assertThat(limit.allows("shop")).isFalse();
    assertThat(limit.allows("bank")).isTrue();
  }

  @Test
  void span_beginsWithTheFirstUse() {
    var limit = limit(1, Window.MINUTE);
    clock.advance(Duration.ofSeconds(40));
    assertThat(limit.allows("shop")).isTrue();
    clock.advance(Duration.ofMillis(59_999));
    assertThat(limit.allows("shop")).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(limit.allows("shop")).isTrue();
  }

  @Test
  void day_endsAtMidnightOfItsZone() {
    var limit = limit(1, DAY);
    assertThat(limit.allows("shop")).isTrue();
    clock.advance(Duration.ofSeconds(29));
    assertThat(limit.allows("shop")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(limit.allows("shop")).isTrue();
    clock.advance(Duration.ofHours(23));
    assertThat(limit.allows("shop")).isFalse();
  }

  @Test
  void more_thanIsLeft_takesNone() {
    var limit = limit(10, Window.MINUTE);
    assertThat(limit.take("shop", 8).isOver()).isFalse();
    clock.advance(Duration.ofSeconds(15));
    assertThat(limit.take("shop", 3)).isEqualTo(new Usage(10, 8, Duration.ofSeconds(45), true));
    assertThat(limit.of("shop")).isEqualTo(new Usage(10, 8, Duration.ofSeconds(45), false));
    assertThat(limit.take("shop", 2).left()).isZero();
    assertThat(limit.take("shop", Integer.MAX_VALUE).isOver()).isTrue();
  }

  @Test
  void whatCameToNothing_isGivenBack() {
    var limit = limit(1, DAY);
    assertThat(limit.allows("shop")).isTrue();
    limit.release("shop", 1);
    assertThat(limit.allows("shop")).isTrue();
    clock.advance(Duration.ofDays(1));
    limit.release("shop", 1);
    assertThat(limit.of("shop").used()).isZero();
    assertThat(limit.allows("shop")).isTrue();
    assertThat(limit.allows("shop")).isFalse();
  }

  @Test
  void zero_isNoLimit() {
    var limit = limit(0, Window.SECOND);
    assertThat(limit.take("shop", Integer.MAX_VALUE).isOver()).isFalse();
    assertThat(limit.take("shop", Integer.MAX_VALUE).isOver()).isFalse();
    assertThat(limit.of("shop").used()).isZero();
  }

  @Test
  void callersAtOnce_getNoMoreThanThereIs() throws Exception {
    var limit = limit(1_000, Window.MINUTE);
    var allowed = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 4; caller++) {
        threads.execute(
            () -> {
              for (int call = 0; call < 500; call++) {
                allowed.addAndGet(limit.allows("shop") ? 1 : 0);
              }
            });
      }
    }
    assertThat(allowed).hasValue(1_000);
  }

  @Test
  void namesWhoseWindowIsOver_areForgotten_andNoOthers() {
    var limit = limit(1, Window.MINUTE);
    for (int i = 0; i < 20_000; i++) {
      limit.allows("old-" + i);
    }
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 100; i++) {
      limit.allows("new-" + i);
    }
    assertThat(limit.names()).isEqualTo(100);
    assertThat(limit.allows("new-7")).isFalse();
  }
}
