// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FenceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RegistrationId DEVICE = new RegistrationId("0".repeat(23));

  @Test
  void shut_onceReturned_noHandOverRunsOrIsRunning() throws InterruptedException {
    for (int round = 0; round < 300; round++) {
      var fence = new Fence();
      var id = new DeliveryId(new TaskId(1 + round), DEVICE);
      var shut = new AtomicBoolean();
      var late = new AtomicInteger();
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    boolean passed = true;
                    while (passed) {
                      passed =
                          fence.pass(
                              id,
                              () -> {
                                if (shut.get()) {
                                  late.incrementAndGet();
                                }
                              });
                    }
                  });
      fence.shut(id.task(), NOW);
      shut.set(true);
      writer.join();

      assertThat(late).hasValue(0);
    }
  }

  @Test
  void shut_ofOneDelivery_leavesTheOthersOfItsTask() {
    var fence = new Fence();
    var task = new TaskId(7);
    var recalled = new DeliveryId(task, DEVICE);
    var other = new DeliveryId(task, new RegistrationId("1".repeat(23)));

    fence.shut(task, List.of(recalled), NOW);

    assertThat(fence.pass(recalled, () -> {})).isFalse();
    assertThat(fence.pass(other, () -> {})).isTrue();
  }

  @Test
  void forget_keepsWhatWasShutLately() {
    var fence = new Fence();
    fence.shut(new TaskId(1), NOW);
    fence.shut(new TaskId(2), NOW.plusSeconds(10));

    fence.forget(NOW.plusSeconds(5));

    assertThat(fence.pass(new DeliveryId(new TaskId(1), DEVICE), () -> {})).isTrue();
    assertThat(fence.pass(new DeliveryId(new TaskId(2), DEVICE), () -> {})).isFalse();
  }
}
