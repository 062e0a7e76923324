// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.port.PacedRunStore.PacedRun;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `options.big_push_duration`.
class PacedTest {
  private static final String PUSH =
      "{'platform':'all','audience':'all','notification':{'alert':'hi'},"
          + "'options':{'big_push_duration':%d}%s}";

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private PacedRun run(TaskId task) {
    return world
        .engine
        .tasks()
        .view(Fixtures.SHOP, task)
        .flatMap(view -> view.pace())
        .orElseThrow();
  }

  @Test
  void duration_spreadsThePushOverItsMinutes() {
    for (int i = 0; i < 60; i++) {
      world.android("user" + i);
    }

    TaskId task = world.pushed(PUSH.formatted(10, ""));

    assertThat(run(task).sendRate()).isEqualTo(new SendRate.SpreadOver(Duration.ofMinutes(10)));
    for (int seconds = 0; seconds <= 300; seconds++) {
      world.engine.pacedSending().runOnce();
      world.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(run(task).released()).isBetween(29L, 31L);
  }

  @Test
  void durationOfZero_isAtOnce() {
    world.android("ada");
    TaskId task = world.pushed(PUSH.formatted(0, ""));

    assertThat(world.engine.tasks().view(Fixtures.SHOP, task).orElseThrow().pace()).isEmpty();
  }

  @Test
  void theTwentyFirstAtOnce_is1012_untilOneIsThrough() {
    world.android("ada");
    String cid = ",'cid':'" + world.cid() + "'";
    TaskId first = world.pushed(PUSH.formatted(1_400, cid));
    for (int i = 1; i < 20; i++) {
      world.pushed(PUSH.formatted(1_400, ""));
    }

    Reply reply = world.push(PUSH.formatted(1_400, ""));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(World.code(reply)).isEqualTo(1012);
    assertThat(world.pushed(PUSH.formatted(1_400, cid))).isEqualTo(first);
    assertThat(world.push(PUSH.formatted(0, "")).status()).isEqualTo(200);
    assertThat(world.as(World.BANK_KEY, "POST", "/v3/push", PUSH.formatted(10, "")).status())
        .isEqualTo(200);
    world.engine.recalls().recall(Fixtures.SHOP, first, new Scope.WholeTask(), "test");
    assertThat(world.push(PUSH.formatted(1_400, "")).status()).isEqualTo(200);
  }

  /// An app whose push takes long holds up nobody else's.
  @Test
  void pacedPushOfOneApp_doesNotWaitForAnothers() throws Exception {
    var held = new HeldStore(Fixtures.SHOP);
    try (var both = new World(JpushConfig.DEFAULT, held.store());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      both.android("ada");
      register(both, Fixtures.BANK);
      Future<Reply> shops = threads.submit(() -> both.push(PUSH.formatted(10, "")));
      held.awaitHeld();

      Reply banks = both.as(World.BANK_KEY, "POST", "/v3/push", PUSH.formatted(10, ""));

      assertThat(banks.status()).isEqualTo(200);
      assertThat(shops.isDone()).isFalse();
      held.letGo();
      assertThat(shops.get().status()).isEqualTo(200);
    }
  }

  private static void register(World world, AppId app) {
    world
        .engine
        .registrations()
        .register(
            app, new Device(Platform.ANDROID, Optional.empty(), Map.of()), Profile.EMPTY, Map.of());
  }

  @Test
  void pacedPushForWhenTheScreenLightsUp_is1035() {
    world.android("ada");
    Reply reply =
        world.push(PUSH.formatted(10, "").replace("{'big_push", "{'active_push':true,'big_push"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(World.code(reply)).isEqualTo(1035);
  }
}
