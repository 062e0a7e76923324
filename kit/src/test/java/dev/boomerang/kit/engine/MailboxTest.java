// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Limits;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How much is kept for a device that is away.
class MailboxTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  private List<TaskId> mailbox(Registration phone) {
    return house.engine.devices().mailbox(phone.id(), TaskId.NONE, 10).handovers().stream()
        .map(handover -> handover.delivery().task())
        .toList();
  }

  private DeliveryState state(Task task, Registration phone) {
    return house.engine.tasks().delivery(SHOP, task.id(), phone.id()).orElseThrow().state();
  }

  private void keep(int newest) {
    Limits d = Limits.DEFAULT;
    house.restart(
        new Limits(
            d.maxTargets(),
            d.maxRows(),
            newest,
            d.maxPayloadBytes(),
            d.maxLifetime(),
            d.retention(),
            d.perApp()));
  }

  @Test
  void newest_areKept_andTheOthersFail() {
    keep(2);
    Registration ada = house.phone(SHOP, "ada");
    Registration bob = house.phone(SHOP, "bob");
    List<Task> tasks = IntStream.range(0, 4).mapToObj(_ -> house.push("ada")).toList();
    Task broadcast = house.broadcast(Everyone.all(Optional.empty()));
    house.push("bob");

    assertThat(mailbox(ada)).containsExactly(tasks.get(2).id(), tasks.get(3).id(), broadcast.id());
    assertThat(state(tasks.get(1), ada))
        .isEqualTo(new Failed(house.clock.instant(), "mailbox-full"));
    assertThat(house.counts(tasks.get(0))).isEqualTo(Map.of(Phase.FAILED, 1));
    assertThat(mailbox(bob)).hasSize(2);
  }

  @Test
  void whatWasHandedOut_staysAndDoesNotCount() {
    Registration ada = house.phone(SHOP, "ada");
    Task out = house.push("ada");
    mailbox(ada);
    keep(1);
    Task waits = house.push("ada");

    assertThat(mailbox(ada)).containsExactly(out.id(), waits.id());
  }

  @Test
  void everything_isKept_withoutALimit() {
    Registration ada = house.phone(SHOP, "ada");
    IntStream.range(0, 10).forEach(_ -> house.push("ada"));

    assertThat(mailbox(ada)).hasSize(10);
  }
}
