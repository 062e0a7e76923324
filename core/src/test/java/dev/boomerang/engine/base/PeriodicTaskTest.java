// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.port.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

  @Test
  void ticker_goesOn_whateverAPassThrows() throws InterruptedException {
    Deque<RuntimeException> faults =
        new ArrayDeque<>(
            List.of(
                new StoreException("away", new IllegalStateException("test")),
                new IllegalStateException("a fault of ours, for the test")));
    var wentWell = new CountDownLatch(1);

    try (var _ =
        PeriodicTask.start(
            "test",
            Duration.ofMillis(1),
            () -> {
              if (!faults.isEmpty()) {
                throw faults.remove();
              }
              wentWell.countDown();
            })) {

      assertThat(wentWell.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
