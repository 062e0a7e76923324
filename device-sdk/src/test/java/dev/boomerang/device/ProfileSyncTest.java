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
  private final ClientFixture rig = new ClientFixture().connect();

  @Test
  void change_reachesTheServer() {
    rig.client.bindUser("user1024");
    rig.client.setTags(List.of("b", "a", "b"));
    rig.client.setVendorToken("hms", "token");
    rig.client.setNotificationsEnabled(false);
    rig.client.unbindUser();
    rig.loop.run();

    // What is said while an answer is awaited goes together.
    assertThat(rig.desk.changes)
        .containsExactly(
            "{\"userId\":\"user1024\"}",
            """
            {"userId":null,"tags":["b","a"],"channels":{"hms":"token"},"notifications":false}\
            """);
  }

  @Test
  void change_toWhatIsKnown_isNotSent() {
    rig.client.setAlias("kim");
    rig.client.setAlias("kim");
    rig.loop.run();

    assertThat(rig.desk.changes).containsExactly("{\"alias\":\"kim\"}");
  }

  @Test
  void change_madeOffline_isSentLaterAndSurvivesARestart() {
    rig.desk.fault = Optional.of(new RegistrationException(new IOException("no network")));
    rig.client.setRegion("eu");
    rig.client.clearAlias();
    rig.loop.run();
    rig.advance(ClientFixture.LONGEST);
    rig.desk.fault = Optional.empty();

    rig.connect();

    assertThat(rig.desk.changes).containsExactly("{\"region\":\"eu\"}");
  }

  @Test
  void change_theServerRefuses_isGivenUpAndTold() {
    rig.desk.fault = Optional.of(new RegistrationException(400, "alias: too long"));
    rig.client.setAlias("x");
    rig.loop.run();
    rig.desk.fault = Optional.empty();
    rig.advance(ClientFixture.LONGEST);

    assertThat(rig.screen.troubles).hasSize(1);
    assertThat(rig.desk.changes).isEmpty();
  }

  @Test
  void builder_saysOtherwiseThanTheLastRun_isSentOnStart() {
    rig.client.bindUser("a");
    rig.client.setAlias("kim");
    rig.loop.run();
    rig.desk.changes.clear();
    rig.with = builder -> builder.user("b");

    rig.connect();

    assertThat(rig.desk.changes).containsExactly("{\"userId\":\"b\"}");
    assertThat(rig.desk.registered).hasSize(1);
  }

  @Test
  void registeringAgain_saysAllThatIsKnown() {
    rig.client.bindUser("a");
    rig.client.setNotificationsEnabled(false);
    rig.loop.run();
    rig.desk.changes.clear();

    rig.links.last().events.refused("gone");
    rig.loop.run();

    assertThat(rig.desk.registered.getLast())
        .containsEntry("userId", "a")
        .doesNotContainKey("notifications");
    assertThat(rig.desk.changes).containsExactly("{\"notifications\":false}");
  }
}
