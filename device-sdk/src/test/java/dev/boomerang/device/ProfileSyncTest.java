// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.internal.registration.RegistrationException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileSyncTest {
  private final ClientFixture fixture = new ClientFixture().connect();

  @Test
  void change_reachesTheServer() {
    fixture.client.bindUser("user1024");
    fixture.client.setTags(List.of("b", "a", "b"));
    fixture.client.setVendorToken("hms", "token");
    fixture.client.setNotificationsEnabled(false);
    fixture.client.unbindUser();
    fixture.loop.run();

    // Changes made while an answer is awaited are sent together.
    assertThat(fixture.registrationApi.changes)
        .containsExactly(
            "{\"userId\":\"user1024\"}",
            """
            {"userId":null,"tags":["b","a"],"channels":{"hms":"token"},"notifications":false}\
            """);
  }

  @Test
  void change_toWhatIsKnown_isNotSent() {
    fixture.client.setAlias("kim");
    fixture.client.setAlias("kim");
    fixture.loop.run();

    assertThat(fixture.registrationApi.changes).containsExactly("{\"alias\":\"kim\"}");
  }

  @Test
  void change_madeOffline_isSentLaterAndSurvivesARestart() {
    fixture.registrationApi.error =
        Optional.of(new RegistrationException(new IOException("no network")));
    fixture.client.setRegion("eu");
    fixture.client.clearAlias();
    fixture.loop.run();
    fixture.advance(ClientFixture.MAX_BACKOFF);
    fixture.registrationApi.error = Optional.empty();

    fixture.connect();

    assertThat(fixture.registrationApi.changes).containsExactly("{\"region\":\"eu\"}");
  }

  @Test
  void change_theServerRefuses_isGivenUpAndReported() {
    fixture.registrationApi.error = Optional.of(new RegistrationException(400, "alias: too long"));
    fixture.client.setAlias("x");
    fixture.loop.run();
    fixture.registrationApi.error = Optional.empty();
    fixture.advance(ClientFixture.MAX_BACKOFF);

    assertThat(fixture.handler.errors).hasSize(1);
    assertThat(fixture.registrationApi.changes).isEmpty();
  }

  @Test
  void builder_saysOtherwiseThanTheLastRun_isSentOnStart() {
    fixture.client.bindUser("a");
    fixture.client.setAlias("kim");
    fixture.loop.run();
    fixture.registrationApi.changes.clear();
    fixture.configure = builder -> builder.user("b");

    fixture.connect();

    assertThat(fixture.registrationApi.changes).containsExactly("{\"userId\":\"b\"}");
    assertThat(fixture.registrationApi.registered).hasSize(1);
  }

  @Test
  void registeringAgain_saysAllThatIsKnown() {
    fixture.client.bindUser("a");
    fixture.client.setNotificationsEnabled(false);
    fixture.loop.run();
    fixture.registrationApi.changes.clear();

    fixture.transport.last().events.refused("gone");
    fixture.loop.run();

    assertThat(fixture.registrationApi.registered.getLast())
        .containsEntry("userId", "a")
        .doesNotContainKey("notifications");
    assertThat(fixture.registrationApi.changes).containsExactly("{\"notifications\":false}");
  }
}
