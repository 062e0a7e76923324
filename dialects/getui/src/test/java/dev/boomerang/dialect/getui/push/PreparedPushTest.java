// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.push.TaskOperations.Outcome;
import dev.boomerang.dialect.getui.v2.GetuiRestV2;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests app pushes in two calls, as the V1 wire makes them.
class PreparedPushTest {
  private final GetuiFixture fixture = new GetuiFixture(GetuiRestV2::new);
  private final Registration ada = fixture.android("ada");

  @AfterEach
  void close() {
    fixture.close();
  }

  private String prepared(Optional<Duration> later) {
    var pushRequest =
        new PushRequest(
            GetuiFixture.SHOP,
            "grp",
            new PushRequest.Send(new Content.DataMessage("hello", Map.of())),
            PushRequest.Options.of(Duration.ofHours(2)),
            Optional.empty());
    return fixture
        .getui
        .appPushes()
        .prepare(pushRequest, Optional.empty(), later.map(fixture.clock.instant()::plus))
        .v1(fixture.getui.config().zone());
  }

  @Test
  void launch_sendsItOnce_andTheNameStays() {
    String name = prepared(Optional.empty());
    assertThat(name).startsWith("OSA-");
    assertThat(fixture.mailbox(ada)).isEmpty();

    for (int i = 0; i < 2; i++) {
      assertThat(
              fixture
                  .getui
                  .appPushes()
                  .launch(GetuiFixture.SHOP, name)
                  .v1(fixture.getui.config().zone()))
          .isEqualTo(name);
    }

    assertThat(fixture.mailbox(ada)).hasSize(1);
    assertThat(fixture.getui.reports().ofTask(GetuiFixture.SHOP, name)).isPresent();
    assertThat(fixture.getui.reports().ofGroup(GetuiFixture.SHOP, "grp").targets()).isEqualTo(1);
  }

  @Test
  void launchForLater_waitsForItsTime() {
    String name = prepared(Optional.of(Duration.ofHours(1)));
    fixture.clock.advance(Duration.ofMinutes(10));
    fixture.getui.appPushes().launch(GetuiFixture.SHOP, name);
    assertThat(fixture.mailbox(ada)).isEmpty();
    assertThat(fixture.getui.tasks().schedule(GetuiFixture.SHOP, name).outcome())
        .isEqualTo(Outcome.WAITING);

    fixture.clock.advance(Duration.ofMinutes(50));
    fixture.engine.schedules().runOnce();

    assertThat(fixture.mailbox(ada)).hasSize(1);
    assertThat(fixture.getui.tasks().schedule(GetuiFixture.SHOP, name).outcome())
        .isEqualTo(Outcome.SENT);
  }

  @Test
  void preparedPush_isNotSent_unlessLaunched() {
    String name = prepared(Optional.of(Duration.ofHours(1)));

    fixture.clock.advance(Duration.ofHours(2));
    fixture.engine.schedules().runOnce();

    assertThat(fixture.mailbox(ada)).isEmpty();
    assertErrorKind(name, ErrorKind.Simple.SCHEDULE_PAST);
  }

  @Test
  void stopped_cannotBeLaunched() {
    String name = prepared(Optional.empty());

    fixture.getui.tasks().stop(GetuiFixture.SHOP, name);
    fixture.getui.tasks().stop(GetuiFixture.SHOP, name);

    assertErrorKind(name, ErrorKind.Simple.TASK_OVER);
    assertErrorKind("OSA-0101_x", ErrorKind.Simple.UNKNOWN_TASK);
  }

  private void assertErrorKind(String name, ErrorKind expected) {
    assertThatThrownBy(() -> fixture.getui.appPushes().launch(GetuiFixture.SHOP, name))
        .isInstanceOfSatisfying(
            GetuiException.class, fault -> assertThat(fault.kind()).isEqualTo(expected));
  }
}
