// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.jpush.base.JpushConfig;
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
class PacedPushTest {
  private static final String PUSH =
      "{'platform':'all','audience':'all','notification':{'alert':'hi'},"
          + "'options':{'big_push_duration':%d}%s}";

  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private PacedRun run(TaskId task) {
    return jpushFixture
        .engine
        .tasks()
        .view(Fixtures.SHOP, task)
        .flatMap(view -> view.pace())
        .orElseThrow();
  }

  @Test
  void duration_spreadsThePushOverItsMinutes() {
    for (int i = 0; i < 60; i++) {
      jpushFixture.android("user" + i);
    }

    TaskId task = jpushFixture.pushed(PUSH.formatted(10, ""));

    assertThat(run(task).sendRate()).isEqualTo(new SendRate.SpreadOver(Duration.ofMinutes(10)));
    for (int seconds = 0; seconds <= 300; seconds++) {
      jpushFixture.engine.pacedSending().runOnce();
      jpushFixture.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(run(task).released()).isBetween(29L, 31L);
  }

  @Test
  void durationOfZero_isAtOnce() {
    jpushFixture.android("ada");
    TaskId task = jpushFixture.pushed(PUSH.formatted(0, ""));

    assertThat(jpushFixture.engine.tasks().view(Fixtures.SHOP, task).orElseThrow().pace())
        .isEmpty();
  }

  @Test
  void theTwentyFirstAtOnce_is1012_untilOneIsThrough() {
    jpushFixture.android("ada");
    String cid = ",'cid':'" + jpushFixture.cid() + "'";
    TaskId first = jpushFixture.pushed(PUSH.formatted(1_400, cid));
    for (int i = 1; i < 20; i++) {
      jpushFixture.pushed(PUSH.formatted(1_400, ""));
    }

    Reply reply = jpushFixture.push(PUSH.formatted(1_400, ""));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(1012);
    assertThat(jpushFixture.pushed(PUSH.formatted(1_400, cid))).isEqualTo(first);
    assertThat(jpushFixture.push(PUSH.formatted(0, "")).status()).isEqualTo(200);
    assertThat(
            jpushFixture
                .as(JpushFixture.BANK_KEY, "POST", "/v3/push", PUSH.formatted(10, ""))
                .status())
        .isEqualTo(200);
    jpushFixture.engine.recalls().recall(Fixtures.SHOP, first, new Scope.WholeTask(), "test");
    assertThat(jpushFixture.push(PUSH.formatted(1_400, "")).status()).isEqualTo(200);
  }

  /// An app whose push takes long holds up nobody else's.
  @Test
  void pacedPushOfOneApp_doesNotWaitForAnothers() throws Exception {
    var held = new BlockingStore(Fixtures.SHOP);
    try (var both = new JpushFixture(JpushConfig.DEFAULT, held.store());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      both.android("ada");
      register(both, Fixtures.BANK);
      Future<Reply> shops = threads.submit(() -> both.push(PUSH.formatted(10, "")));
      held.awaitBlocked();

      Reply banks = both.as(JpushFixture.BANK_KEY, "POST", "/v3/push", PUSH.formatted(10, ""));

      assertThat(banks.status()).isEqualTo(200);
      assertThat(shops.isDone()).isFalse();
      held.release();
      assertThat(shops.get().status()).isEqualTo(200);
    }
  }

  private static void register(JpushFixture jpushFixture, AppId app) {
    jpushFixture
        .engine
        .registrations()
        .register(
            app, new Device(Platform.ANDROID, Optional.empty(), Map.of()), Profile.EMPTY, Map.of());
  }

  @Test
  void pacedPushForWhenTheScreenLightsUp_is1035() {
    jpushFixture.android("ada");
    Reply reply =
        jpushFixture.push(
            PUSH.formatted(10, "").replace("{'big_push", "{'active_push':true,'big_push"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(1035);
  }
}
