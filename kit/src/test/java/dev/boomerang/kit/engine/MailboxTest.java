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
  private final ShopFixture fixture = new ShopFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<TaskId> mailbox(Registration phone) {
    return fixture.engine().devices().mailbox(phone.id(), TaskId.NONE, 10).attempts().stream()
        .map(deliveryAttempt -> deliveryAttempt.delivery().task())
        .toList();
  }

  private DeliveryState state(Task task, Registration phone) {
    return fixture.engine().tasks().delivery(SHOP, task.id(), phone.id()).orElseThrow().state();
  }

  private void keep(int newest) {
    Limits d = Limits.DEFAULT;
    fixture.restart(
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
    Registration ada = fixture.phone(SHOP, "ada");
    Registration bob = fixture.phone(SHOP, "bob");
    List<Task> tasks = IntStream.range(0, 4).mapToObj(_ -> fixture.push("ada")).toList();
    Task broadcast = fixture.broadcast(Everyone.all(Optional.empty()));
    fixture.push("bob");

    assertThat(mailbox(ada)).containsExactly(tasks.get(2).id(), tasks.get(3).id(), broadcast.id());
    assertThat(state(tasks.get(1), ada))
        .isEqualTo(new Failed(fixture.clock.instant(), "mailbox-full"));
    assertThat(fixture.counts(tasks.get(0))).isEqualTo(Map.of(DeliveryStatus.FAILED, 1));
    assertThat(mailbox(bob)).hasSize(2);
  }

  @Test
  void whatWasHandedOut_staysAndDoesNotCount() {
    Registration ada = fixture.phone(SHOP, "ada");
    Task out = fixture.push("ada");
    mailbox(ada);
    keep(1);
    Task waits = fixture.push("ada");

    assertThat(mailbox(ada)).containsExactly(out.id(), waits.id());
  }

  @Test
  void everything_isKept_withoutALimit() {
    Registration ada = fixture.phone(SHOP, "ada");
    IntStream.range(0, 10).forEach(_ -> fixture.push("ada"));

    assertThat(mailbox(ada)).hasSize(10);
  }
}
