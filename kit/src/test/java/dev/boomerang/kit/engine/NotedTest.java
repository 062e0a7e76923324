// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.Task;
import dev.boomerang.port.EngineListener;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What devices say, and nobody waits for.
class NotedTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void fault_withOneWord_doesNotEndTheOthers() {
    var first = new AtomicBoolean(true);
    house.listener =
        new EngineListener() {
          @Override
          public void recorded(Transition transition) {
            if (transition instanceof Moved && first.getAndSet(false)) {
              throw new IllegalStateException("a fault of ours, for the test");
            }
          }
        };
    house.restart();
    var session = house.connect(house.phone(SHOP, "ada"));
    Task failing = house.push("ada");
    Task next = house.push("ada");

    for (var handover : session.offered) {
      house.engine.devices().arrived(handover.delivery());
      house.engine.settle();
    }

    assertThat(first).isFalse();
    assertThat(house.counts(failing)).isEqualTo(Map.of(Phase.DELIVERED, 1));
    assertThat(house.counts(next)).isEqualTo(Map.of(Phase.DELIVERED, 1));
  }
}
