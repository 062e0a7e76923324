// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Task;
import dev.boomerang.port.EngineListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tests that the engine reports every change of state to its listener, also where one step makes
/// many.
class TransitionCountsTest {
  private static final int DEVICES = 5;

  private final PushFixture engineFixture = new PushFixture();
  private final Map<DeliveryStatus, Long> reported = new ConcurrentHashMap<>();

  @BeforeEach
  void listen() {
    engineFixture.restart(
        new EngineListener() {
          @Override
          public void moved(TransitionCounts counts) {
            counts
                .into()
                .forEach(
                    (deliveryStatus, count) -> reported.merge(deliveryStatus, count, Long::sum));
          }
        });
    IntStream.range(0, DEVICES)
        .forEach(i -> engineFixture.connect(engineFixture.register(SHOP, "user" + i)));
  }

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private long into(DeliveryStatus deliveryStatus) {
    return reported.getOrDefault(deliveryStatus, 0L);
  }

  @Test
  void recallOfAPushToEveryone_isTold() {
    Task task = engineFixture.broadcast(Audience.Everyone.all(Optional.empty()));

    engineFixture.engine.recalls().recall(SHOP, task.id(), new Recall.Scope.WholeTask(), "test");

    assertThat(into(DeliveryStatus.RECALLING)).isEqualTo(DEVICES);
  }

  @Test
  void stopOfAPushToEveryone_isTold() {
    Task task = engineFixture.broadcast(Audience.Everyone.all(Optional.empty()));

    engineFixture.engine.stops().stop(SHOP, task.id(), "test");

    assertThat(into(DeliveryStatus.ABANDONED)).isEqualTo(DEVICES);
  }

  @Test
  void endOfItsLifetime_isTold() {
    Task task = engineFixture.broadcast(Audience.Everyone.all(Optional.empty()));

    engineFixture.clock.advance(PushFixture.LIFETIME);
    engineFixture.engine.housekeeping().runOnce();

    assertThat(into(DeliveryStatus.ABANDONED)).isEqualTo(DEVICES);
    assertThat(engineFixture.counts(task)).containsOnlyKeys(DeliveryStatus.ABANDONED);
  }
}
