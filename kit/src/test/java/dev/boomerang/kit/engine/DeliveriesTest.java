// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.Task;
import dev.boomerang.port.EngineListener;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests that what devices report is recorded although no caller waits for it.
class DeliveriesTest {
  private final PushFixture engineFixture = new PushFixture();

  @AfterEach
  void close() {
    engineFixture.close();
  }

  @Test
  void fault_withOneWord_doesNotEndTheOthers() {
    var first = new AtomicBoolean(true);
    engineFixture.restart(
        new EngineListener() {
          @Override
          public void recorded(Transition transition) {
            if (transition instanceof Moved && first.getAndSet(false)) {
              throw new IllegalStateException("a fault of ours, for the test");
            }
          }
        });
    var session = engineFixture.connect(engineFixture.register(SHOP, "ada"));
    Task failing = engineFixture.push("ada");
    Task next = engineFixture.push("ada");

    for (var deliveryAttempt : session.received()) {
      engineFixture.engine.devices().acknowledged(deliveryAttempt.delivery());
      engineFixture.engine.awaitIdle();
    }

    assertThat(first).isFalse();
    assertThat(engineFixture.counts(failing)).isEqualTo(Map.of(DeliveryStatus.DELIVERED, 1));
    assertThat(engineFixture.counts(next)).isEqualTo(Map.of(DeliveryStatus.DELIVERED, 1));
  }
}
