// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ConnectionState.Phase.CLOSED;
import static dev.boomerang.device.ConnectionState.Phase.CONNECTED;
import static dev.boomerang.device.ConnectionState.Phase.CONNECTING;
import static dev.boomerang.device.ConnectionState.Phase.REFUSED;
import static dev.boomerang.device.ConnectionState.Phase.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.internal.registration.RegistrationException;
import dev.boomerang.device.storage.DeviceStorage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionManagerTest {
  private final ClientFixture rig = new ClientFixture();

  @Test
  void firstStart_registersAndConnects() {
    rig.with = builder -> builder.user("user1024").tags(List.of("a", "b"));
    rig.connect();

    assertThat(new Json(rig.desk.registered.getFirst()).write())
        .isEqualTo(
            """
            {"appId":"app","deviceKey":"key","platform":"android","deviceId":"phone",\
            "userId":"user1024","tags":["a","b"]}\
            """);
    assertThat(rig.links.last().registration.secret).isEqualTo("secret1");
    assertThat(rig.screen.phases()).containsExactly(CONNECTING, CONNECTED);
    assertThat(rig.client.registrationId()).contains("reg");
  }

  @Test
  void laterStart_usesTheStoredCredentials() {
    rig.connect().connect();

    assertThat(rig.desk.registered).hasSize(1);
    assertThat(rig.links.last().registration.secret).isEqualTo("secret1");
    assertThat(rig.links.last().registration.port).isEqualTo(7310);
  }

  @Test
  void start_withAnotherDeviceId_registersAnew() {
    rig.connect();
    rig.with = builder -> builder.deviceId("another");
    rig.connect();

    assertThat(rig.desk.registered).hasSize(2);
  }

  @Test
  void deviceId_notGiven_isMadeUpOnceAndKept() {
    var made = new ArrayList<Object>();
    for (int i = 0; i < 2; i++) {
      // The answer never arrives, and the process dies.
      rig.desk.fault = Optional.of(new RegistrationException(new IOException("no answer")));
      rig.with =
          builder -> {
            builder.deviceId = Optional.empty();
            return builder;
          };
      rig.start();
      made.add(rig.desk.registered.get(i).getOrDefault("deviceId", ""));
    }

    assertThat(made.get(0)).isEqualTo(made.get(1)).isNotEqualTo("");
  }

  @Test
  void lostConnection_isTriedAgainAfterAGrowingWhile() {
    rig.connect();

    for (long expected : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256}) {
      rig.drop();
      assertThat(rig.screen.state().phase()).isEqualTo(WAITING);
      assertThat(rig.screen.state().retryIn()).isEqualTo(Duration.ofSeconds(expected));
      int before = rig.links.opened.size();
      rig.advance(rig.screen.state().retryIn().minusMillis(1));
      assertThat(rig.links.opened).hasSize(before);
      rig.advance(Duration.ofMillis(1));
      assertThat(rig.links.opened).hasSize(before + 1);
    }
    rig.drop();
    assertThat(rig.screen.state().retryIn()).isEqualTo(ClientFixture.LONGEST);
  }

  @Test
  void backoff_takesARandomHalfOff() {
    rig.random = () -> 0.0;
    rig.connect().drop();

    assertThat(rig.screen.state().retryIn()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void stableConnection_setsTheBackoffBack_aShortOneDoesNot() {
    rig.connect().drop().advance(ClientFixture.FIRST).ready();
    rig.advance(ConnectionManager.STABLE_AFTER.minusSeconds(1)).drop();
    assertThat(rig.screen.state().retryIn()).isEqualTo(Duration.ofSeconds(2));

    rig.advance(Duration.ofSeconds(2)).ready().advance(ConnectionManager.STABLE_AFTER).drop();

    assertThat(rig.screen.state().retryIn()).isEqualTo(ClientFixture.FIRST);
  }

  @Test
  void wakeUp_endsTheWaiting() {
    rig.connect().drop();
    rig.client.reconnectNow();
    rig.loop.run();

    assertThat(rig.links.opened).hasSize(2);
    rig.client.reconnectNow();
    rig.ready();
    rig.client.reconnectNow();
    rig.advance(Duration.ofHours(1));
    assertThat(rig.links.opened).hasSize(2);
  }

  @Test
  void refusedCredentials_areReplacedOnceAndThenLeftForLong() {
    rig.connect();
    rig.links.last().events.refused("not authorized");
    rig.loop.run();
    assertThat(rig.links.last().registration.secret).isEqualTo("secret2");

    rig.links.last().events.refused("not authorized");
    rig.loop.run();
    assertThat(rig.screen.state().phase()).isEqualTo(REFUSED);
    assertThat(rig.screen.state().retryIn()).isEqualTo(ConnectionManager.REFUSED_RETRY);
    assertThat(rig.desk.registered).hasSize(2);

    rig.advance(ConnectionManager.REFUSED_RETRY).ready();
    assertThat(rig.desk.registered).hasSize(3);
    assertThat(rig.screen.state().phase()).isEqualTo(CONNECTED);
    rig.links.last().events.refused("not authorized");
    rig.loop.run();
    assertThat(rig.desk.registered).hasSize(4);
  }

  @Test
  void refusedRegistration_isLeftForLong_aFailedOneIsNot() {
    rig.desk.fault = Optional.of(new RegistrationException(403, "no such app"));
    rig.start();
    assertThat(rig.screen.state().phase()).isEqualTo(REFUSED);
    assertThat(rig.screen.state().cause()).contains("no such app");

    rig.desk.fault = Optional.of(new RegistrationException(503, ""));
    rig.advance(ConnectionManager.REFUSED_RETRY);
    assertThat(rig.screen.state().phase()).isEqualTo(WAITING);

    rig.desk.fault = Optional.empty();
    rig.advance(ClientFixture.FIRST).ready();
    assertThat(rig.screen.state().phase()).isEqualTo(CONNECTED);
  }

  @Test
  void gatewayThatIsGone_isAskedForAgain() {
    rig.start();
    for (int i = 0; i < ConnectionManager.FAILURES_BEFORE_REFRESH; i++) {
      rig.drop().advance(ClientFixture.LONGEST);
    }

    assertThat(rig.desk.registered).hasSize(2);
  }

  @Test
  void gatewayThatIsGone_andServerToo_keepsTheCredentials() {
    rig.start();
    rig.desk.fault = Optional.of(new RegistrationException(new IOException("no answer")));
    for (int i = 0; i < ConnectionManager.FAILURES_BEFORE_REFRESH; i++) {
      rig.drop().advance(ClientFixture.LONGEST);
    }
    assertThat(rig.desk.registered).hasSize(2);

    rig.advance(ClientFixture.LONGEST).ready();

    assertThat(rig.desk.registered).hasSize(2);
    assertThat(rig.links.last().registration.secret).isEqualTo("secret1");
  }

  @Test
  void gatewayThatWasSet_isNotAskedFor() {
    rig.with = builder -> builder.gateway(URI.create("ssl://elsewhere:1"));
    rig.start();
    for (int i = 0; i < 2 * ConnectionManager.FAILURES_BEFORE_REFRESH; i++) {
      rig.drop().advance(ClientFixture.LONGEST);
    }

    assertThat(rig.desk.registered).hasSize(1);
  }

  @Test
  void close_sendsWhatIsLeftAndEndsForGood() {
    rig.connect().deliver(ClientFixture.notice("d1"));
    rig.client.close();
    rig.loop.run();

    assertThat(rig.links.last().published).hasSize(1);
    assertThat(rig.links.last().closed).isTrue();
    assertThat(rig.screen.state().phase()).isEqualTo(CLOSED);
    rig.advance(Duration.ofDays(1));
    assertThat(rig.links.opened).hasSize(1);
    assertThat(rig.connect().receipts()).containsExactly("d1 shown");
  }

  @Test
  void leave_endsTheRegistrationAndForgetsEverything() {
    rig.connect().deliver(ClientFixture.notice("d1"));
    rig.desk.fault = Optional.of(new RegistrationException(500, ""));
    rig.client.unregister();
    rig.loop.run();
    assertThat(rig.links.last().closed).isTrue();
    assertThat(rig.client.registrationId()).contains("reg");

    rig.desk.fault = Optional.empty();
    rig.advance(ClientFixture.LONGEST);

    assertThat(rig.desk.left).containsExactly("reg");
    assertThat(rig.client.registrationId()).isEmpty();
    rig.connect();
    assertThat(rig.desk.registered).hasSize(2);
  }

  @Test
  void leave_cutShort_isFinishedOnTheNextStart() {
    rig.connect();
    rig.desk.fault = Optional.of(new RegistrationException(500, ""));
    rig.client.unregister();
    rig.loop.run();
    rig.desk.fault = Optional.empty();

    rig.connect();

    assertThat(rig.desk.left).containsExactly("reg");
    assertThat(rig.desk.registered).hasSize(2);
  }

  @Test
  void storageThatFails_stopsTheClient() {
    rig.storage =
        new DeviceStorage() {
          @Override
          public List<String> open() throws IOException {
            throw new IOException("disk is gone");
          }

          @Override
          public void append(List<String> records) {}

          @Override
          public void replaceAll(List<String> records) {}

          @Override
          public void close() {}
        };
    rig.start();

    assertThat(rig.screen.state().phase()).isEqualTo(CLOSED);
    assertThat(rig.screen.state().cause()).contains("disk is gone");
    assertThat(rig.desk.registered).isEmpty();
  }
}
