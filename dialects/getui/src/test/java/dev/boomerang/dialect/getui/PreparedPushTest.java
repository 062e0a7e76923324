// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.getui.TaskCalls.Outcome;
import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.dialect.getui.v2.RestV2;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// App pushes in two calls, as the V1 wire makes them.
class PreparedPushTest {
  private final World world = new World(RestV2::new);
  private final Registration ada = world.android("ada");

  @AfterEach
  void close() {
    world.close();
  }

  private String prepared(Optional<Duration> later) {
    var order =
        new Order(
            World.SHOP,
            "grp",
            new Order.Say(new Content.DataMessage("hello", Map.of())),
            Order.Terms.of(Duration.ofHours(2)),
            Optional.empty());
    return world
        .getui
        .appPushes()
        .prepare(order, Optional.empty(), later.map(world.clock.instant()::plus))
        .v1(world.getui.config().zone());
  }

  @Test
  void launch_sendsItOnce_andTheNameStays() {
    String name = prepared(Optional.empty());
    assertThat(name).startsWith("OSA-");
    assertThat(world.mailbox(ada)).isEmpty();

    for (int i = 0; i < 2; i++) {
      assertThat(world.getui.appPushes().launch(World.SHOP, name).v1(world.getui.config().zone()))
          .isEqualTo(name);
    }

    assertThat(world.mailbox(ada)).hasSize(1);
    assertThat(world.getui.reports().ofTask(World.SHOP, name)).isPresent();
    assertThat(world.getui.reports().ofGroup(World.SHOP, "grp").targets()).isEqualTo(1);
  }

  @Test
  void launchForLater_waitsForItsTime() {
    String name = prepared(Optional.of(Duration.ofHours(1)));
    world.clock.advance(Duration.ofMinutes(10));
    world.getui.appPushes().launch(World.SHOP, name);
    assertThat(world.mailbox(ada)).isEmpty();
    assertThat(world.getui.tasks().schedule(World.SHOP, name).outcome()).isEqualTo(Outcome.WAITING);

    world.clock.advance(Duration.ofMinutes(50));
    world.engine.schedules().runOnce();

    assertThat(world.mailbox(ada)).hasSize(1);
    assertThat(world.getui.tasks().schedule(World.SHOP, name).outcome()).isEqualTo(Outcome.SENT);
  }

  @Test
  void withoutLaunch_nothingComes() {
    String name = prepared(Optional.of(Duration.ofHours(1)));

    world.clock.advance(Duration.ofHours(2));
    world.engine.schedules().runOnce();

    assertThat(world.mailbox(ada)).isEmpty();
    assertTrouble(name, Trouble.Plain.SCHEDULE_PAST);
  }

  @Test
  void stopped_cannotBeLaunched() {
    String name = prepared(Optional.empty());

    world.getui.tasks().stop(World.SHOP, name);
    world.getui.tasks().stop(World.SHOP, name);

    assertTrouble(name, Trouble.Plain.TASK_OVER);
    assertTrouble("OSA-0101_x", Trouble.Plain.UNKNOWN_TASK);
  }

  private void assertTrouble(String name, Trouble trouble) {
    assertThatThrownBy(() -> world.getui.appPushes().launch(World.SHOP, name))
        .isInstanceOfSatisfying(
            GetuiFault.class, fault -> assertThat(fault.trouble()).isEqualTo(trouble));
  }
}
