// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Recall;
import dev.boomerang.model.Task;
import dev.boomerang.port.EngineListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the engine tells its listener of states: every change, also where one step makes many.
class TransitionCountsTest {
  private static final int DEVICES = 5;

  private final House house = new House();
  private final Map<Phase, Long> told = new ConcurrentHashMap<>();

  @BeforeEach
  void listen() {
    house.listener =
        new EngineListener() {
          @Override
          public void moved(TransitionCounts counts) {
            counts.into().forEach((phase, count) -> told.merge(phase, count, Long::sum));
          }
        };
    house.restart();
    IntStream.range(0, DEVICES).forEach(i -> house.connect(house.phone(SHOP, "user" + i)));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private long into(Phase phase) {
    return told.getOrDefault(phase, 0L);
  }

  @Test
  void recallOfAPushToEveryone_isTold() {
    Task task = house.broadcast(Audience.Everyone.all(Optional.empty()));

    house.engine.recalls().recall(SHOP, task.id(), new Recall.Scope.WholeTask(), "test");

    assertThat(into(Phase.RECALLING)).isEqualTo(DEVICES);
  }

  @Test
  void stopOfAPushToEveryone_isTold() {
    Task task = house.broadcast(Audience.Everyone.all(Optional.empty()));

    house.engine.stops().stop(SHOP, task.id(), "test");

    assertThat(into(Phase.LAPSED)).isEqualTo(DEVICES);
  }

  @Test
  void endOfItsLifetime_isTold() {
    Task task = house.broadcast(Audience.Everyone.all(Optional.empty()));

    house.clock.advance(House.LIFETIME);
    house.engine.housekeeping().pass();

    assertThat(into(Phase.LAPSED)).isEqualTo(DEVICES);
    assertThat(house.counts(task)).containsOnlyKeys(Phase.LAPSED);
  }
}
