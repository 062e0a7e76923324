// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.base.Limits;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How much is kept for a device that is away.
class MailboxTest {
  private final PushFixture engineFixture = new PushFixture();

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private List<TaskId> mailbox(Registration phone) {
    return engineFixture.engine.devices().mailbox(phone.id(), TaskId.NONE, 10).attempts().stream()
        .map(deliveryAttempt -> deliveryAttempt.delivery().task())
        .toList();
  }

  private DeliveryState state(Task task, Registration phone) {
    return engineFixture.engine.tasks().delivery(SHOP, task.id(), phone.id()).orElseThrow().state();
  }

  private void keep(int newest) {
    Limits d = Limits.DEFAULT;
    engineFixture.restart(
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
    Registration ada = engineFixture.register(SHOP, "ada");
    Registration bob = engineFixture.register(SHOP, "bob");
    List<Task> tasks = IntStream.range(0, 4).mapToObj(_ -> engineFixture.push("ada")).toList();
    Task broadcast = engineFixture.broadcast(Everyone.all(Optional.empty()));
    engineFixture.push("bob");

    assertThat(mailbox(ada)).containsExactly(tasks.get(2).id(), tasks.get(3).id(), broadcast.id());
    assertThat(state(tasks.get(1), ada))
        .isEqualTo(new Failed(engineFixture.clock.instant(), "mailbox-full"));
    assertThat(engineFixture.counts(tasks.get(0))).isEqualTo(Map.of(DeliveryStatus.FAILED, 1));
    assertThat(mailbox(bob)).hasSize(2);
  }

  @Test
  void whatWasHandedOut_staysAndDoesNotCount() {
    Registration ada = engineFixture.register(SHOP, "ada");
    Task out = engineFixture.push("ada");
    mailbox(ada);
    keep(1);
    Task waits = engineFixture.push("ada");

    assertThat(mailbox(ada)).containsExactly(out.id(), waits.id());
  }

  @Test
  void everything_isKept_withoutALimit() {
    Registration ada = engineFixture.register(SHOP, "ada");
    IntStream.range(0, 10).forEach(_ -> engineFixture.push("ada"));

    assertThat(mailbox(ada)).hasSize(10);
  }
}
