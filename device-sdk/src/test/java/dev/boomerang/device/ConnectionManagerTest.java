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
  private final ClientFixture fixture = new ClientFixture();

  @Test
  void firstStart_registersAndConnects() {
    fixture.configure = builder -> builder.user("user1024").tags(List.of("a", "b"));
    fixture.connect();

    assertThat(new Json(fixture.registrationApi.registered.getFirst()).write())
        .isEqualTo(
            """
            {"appId":"app","deviceKey":"key","platform":"android","deviceId":"phone",\
            "userId":"user1024","tags":["a","b"]}\
            """);
    assertThat(fixture.transport.last().registration.secret).isEqualTo("secret1");
    assertThat(fixture.handler.phases()).containsExactly(CONNECTING, CONNECTED);
    assertThat(fixture.client.registrationId()).contains("reg");
  }

  @Test
  void laterStart_usesTheStoredCredentials() {
    fixture.connect().connect();

    assertThat(fixture.registrationApi.registered).hasSize(1);
    assertThat(fixture.transport.last().registration.secret).isEqualTo("secret1");
    assertThat(fixture.transport.last().registration.port).isEqualTo(7310);
  }

  @Test
  void start_withAnotherDeviceId_registersAnew() {
    fixture.connect();
    fixture.configure = builder -> builder.deviceId("another");
    fixture.connect();

    assertThat(fixture.registrationApi.registered).hasSize(2);
  }

  @Test
  void deviceId_notGiven_isMadeUpOnceAndKept() {
    var made = new ArrayList<Object>();
    for (int i = 0; i < 2; i++) {
      // The answer never arrives, and the process dies.
      fixture.registrationApi.error =
          Optional.of(new RegistrationException(new IOException("no answer")));
      fixture.configure =
          builder -> {
            builder.deviceId = Optional.empty();
            return builder;
          };
      fixture.start();
      made.add(fixture.registrationApi.registered.get(i).getOrDefault("deviceId", ""));
    }

    assertThat(made.get(0)).isEqualTo(made.get(1)).isNotEqualTo("");
  }

  @Test
  void lostConnection_isTriedAgainAfterAGrowingWhile() {
    fixture.connect();

    for (long expected : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256}) {
      fixture.drop();
      assertThat(fixture.handler.state().phase()).isEqualTo(WAITING);
      assertThat(fixture.handler.state().retryIn()).isEqualTo(Duration.ofSeconds(expected));
      int before = fixture.transport.opened.size();
      fixture.advance(fixture.handler.state().retryIn().minusMillis(1));
      assertThat(fixture.transport.opened).hasSize(before);
      fixture.advance(Duration.ofMillis(1));
      assertThat(fixture.transport.opened).hasSize(before + 1);
    }
    fixture.drop();
    assertThat(fixture.handler.state().retryIn()).isEqualTo(ClientFixture.MAX_BACKOFF);
  }

  @Test
  void backoff_takesARandomHalfOff() {
    fixture.random = () -> 0.0;
    fixture.connect().drop();

    assertThat(fixture.handler.state().retryIn()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void stableConnection_setsTheBackoffBack_aShortOneDoesNot() {
    fixture.connect().drop().advance(ClientFixture.INITIAL_BACKOFF).ready();
    fixture.advance(ConnectionManager.STABLE_AFTER.minusSeconds(1)).drop();
    assertThat(fixture.handler.state().retryIn()).isEqualTo(Duration.ofSeconds(2));

    fixture.advance(Duration.ofSeconds(2)).ready().advance(ConnectionManager.STABLE_AFTER).drop();

    assertThat(fixture.handler.state().retryIn()).isEqualTo(ClientFixture.INITIAL_BACKOFF);
  }

  @Test
  void reconnectNow_endsTheWaiting() {
    fixture.connect().drop();
    fixture.client.reconnectNow();
    fixture.loop.run();

    assertThat(fixture.transport.opened).hasSize(2);
    fixture.client.reconnectNow();
    fixture.ready();
    fixture.client.reconnectNow();
    fixture.advance(Duration.ofHours(1));
    assertThat(fixture.transport.opened).hasSize(2);
  }

  @Test
  void refusedCredentials_areReplacedOnceAndThenLeftForLong() {
    fixture.connect();
    fixture.transport.last().events.refused("not authorized");
    fixture.loop.run();
    assertThat(fixture.transport.last().registration.secret).isEqualTo("secret2");

    fixture.transport.last().events.refused("not authorized");
    fixture.loop.run();
    assertThat(fixture.handler.state().phase()).isEqualTo(REFUSED);
    assertThat(fixture.handler.state().retryIn()).isEqualTo(ConnectionManager.REFUSED_RETRY);
    assertThat(fixture.registrationApi.registered).hasSize(2);

    fixture.advance(ConnectionManager.REFUSED_RETRY).ready();
    assertThat(fixture.registrationApi.registered).hasSize(3);
    assertThat(fixture.handler.state().phase()).isEqualTo(CONNECTED);
    fixture.transport.last().events.refused("not authorized");
    fixture.loop.run();
    assertThat(fixture.registrationApi.registered).hasSize(4);
  }

  @Test
  void refusedRegistration_isLeftForLong_aFailedOneIsNot() {
    fixture.registrationApi.error = Optional.of(new RegistrationException(403, "no such app"));
    fixture.start();
    assertThat(fixture.handler.state().phase()).isEqualTo(REFUSED);
    assertThat(fixture.handler.state().cause()).contains("no such app");

    fixture.registrationApi.error = Optional.of(new RegistrationException(503, ""));
    fixture.advance(ConnectionManager.REFUSED_RETRY);
    assertThat(fixture.handler.state().phase()).isEqualTo(WAITING);

    fixture.registrationApi.error = Optional.empty();
    fixture.advance(ClientFixture.INITIAL_BACKOFF).ready();
    assertThat(fixture.handler.state().phase()).isEqualTo(CONNECTED);
  }

  @Test
  void gatewayThatIsGone_isAskedForAgain() {
    fixture.start();
    for (int i = 0; i < ConnectionManager.FAILURES_BEFORE_REFRESH; i++) {
      fixture.drop().advance(ClientFixture.MAX_BACKOFF);
    }

    assertThat(fixture.registrationApi.registered).hasSize(2);
  }

  @Test
  void gatewayThatIsGone_andServerToo_keepsTheCredentials() {
    fixture.start();
    fixture.registrationApi.error =
        Optional.of(new RegistrationException(new IOException("no answer")));
    for (int i = 0; i < ConnectionManager.FAILURES_BEFORE_REFRESH; i++) {
      fixture.drop().advance(ClientFixture.MAX_BACKOFF);
    }
    assertThat(fixture.registrationApi.registered).hasSize(2);

    fixture.advance(ClientFixture.MAX_BACKOFF).ready();

    assertThat(fixture.registrationApi.registered).hasSize(2);
    assertThat(fixture.transport.last().registration.secret).isEqualTo("secret1");
  }

  @Test
  void gatewayThatWasSet_isNotAskedFor() {
    fixture.configure = builder -> builder.gateway(URI.create("ssl://elsewhere:1"));
    fixture.start();
    for (int i = 0; i < 2 * ConnectionManager.FAILURES_BEFORE_REFRESH; i++) {
      fixture.drop().advance(ClientFixture.MAX_BACKOFF);
    }

    assertThat(fixture.registrationApi.registered).hasSize(1);
  }

  @Test
  void close_sendsWhatIsLeftAndEndsForGood() {
    fixture.connect().deliver(ClientFixture.notification("d1"));
    fixture.client.close();
    fixture.loop.run();

    assertThat(fixture.transport.last().published).hasSize(1);
    assertThat(fixture.transport.last().closed).isTrue();
    assertThat(fixture.handler.state().phase()).isEqualTo(CLOSED);
    fixture.advance(Duration.ofDays(1));
    assertThat(fixture.transport.opened).hasSize(1);
    assertThat(fixture.connect().receipts()).containsExactly("d1 shown");
  }

  @Test
  void unregister_endsTheRegistrationAndForgetsEverything() {
    fixture.connect().deliver(ClientFixture.notification("d1"));
    fixture.registrationApi.error = Optional.of(new RegistrationException(500, ""));
    fixture.client.unregister();
    fixture.loop.run();
    assertThat(fixture.transport.last().closed).isTrue();
    assertThat(fixture.client.registrationId()).contains("reg");

    fixture.registrationApi.error = Optional.empty();
    fixture.advance(ClientFixture.MAX_BACKOFF);

    assertThat(fixture.registrationApi.unregistered).containsExactly("reg");
    assertThat(fixture.client.registrationId()).isEmpty();
    fixture.connect();
    assertThat(fixture.registrationApi.registered).hasSize(2);
  }

  @Test
  void unregister_cutShort_isFinishedOnTheNextStart() {
    fixture.connect();
    fixture.registrationApi.error = Optional.of(new RegistrationException(500, ""));
    fixture.client.unregister();
    fixture.loop.run();
    fixture.registrationApi.error = Optional.empty();

    fixture.connect();

    assertThat(fixture.registrationApi.unregistered).containsExactly("reg");
    assertThat(fixture.registrationApi.registered).hasSize(2);
  }

  @Test
  void storageThatFails_stopsTheClient() {
    fixture.storage =
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
    fixture.start();

    assertThat(fixture.handler.state().phase()).isEqualTo(CLOSED);
    assertThat(fixture.handler.state().cause()).contains("disk is gone");
    assertThat(fixture.registrationApi.registered).isEmpty();
  }
}
