// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.deliver.AuthResult;
import dev.boomerang.engine.registration.DeviceClaim;
import dev.boomerang.engine.registration.RegisterResult;
import dev.boomerang.gateway.House.Phone;
import dev.boomerang.gateway.RawDevice.Packet;
import dev.boomerang.kit.fixture.Race;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection lasts no longer than the secret it was let in with.
class SecretReplacedTest {
  private static final int ROUNDS = 300;

  private final House house = House.open(patient());

  /// Every round of a race may be a refused log-in.
  private static GatewayConfig patient() {
    GatewayConfig config = House.config();
    return new GatewayConfig(
        config.listen(),
        config.flow(),
        config.patience(),
        new GatewayConfig.Throttle(
            10 * ROUNDS, 10 * ROUNDS, Duration.ofMinutes(1), Duration.ZERO, 64),
        config.peers(),
        config.eventLoopThreads(),
        config.maxConnections());
  }

  @AfterEach
  void close() {
    house.close();
  }

  /// As the device API does for a device that shows its old secret.
  private Phone renewed(Phone phone) {
    Registration known = house.engine().registrations().find(House.APP, phone.id()).orElseThrow();
    var claim = new DeviceClaim(IdentityMode.OPEN, Optional.of(known), Optional.empty());
    return switch (house
        .engine()
        .registrations()
        .register(House.APP, known.device(), Profile.EMPTY, Map.of(), claim, 0)) {
      case RegisterResult.Done(var registered) ->
          new Phone(registered.registration(), registered.secret().reveal());
      case RegisterResult.ProofRequired _, RegisterResult.LimitReached _ ->
          throw new AssertionError("not registered");
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connection_ofAReplacedSecret_ends_andTheNewSecretConnects(boolean v5) {
    Phone before = house.phone();
    try (var old = RawDevice.in(house, before, v5)) {
      Phone after = renewed(before);

      assertThat(after.id()).isEqualTo(before.id());
      if (v5) {
        old.awaitDisconnect(0x87);
      } else {
        old.awaitClosed();
      }
      try (var device = RawDevice.in(house, after, v5)) {
        house.awaitConnected(after, true);
        device.send(RawDevice.hex("C000"));
        device.read(RawDevice.PINGRESP);
      }
    }
  }

  @Test
  void admission_fromBeforeTheSecretWasReplaced_isNotAttached() {
    Phone phone = house.phone();
    var admitted = admitted(phone);
    Phone after = renewed(phone);
    Session session = session(phone);

    assertThat(house.engine().devices().connected(admitted, session)).isFalse();
    assertThat(house.engine().registrations().isConnected(phone.id())).isFalse();
    assertThat(house.engine().devices().connected(admitted(after), session)).isTrue();
  }

  @Test
  void admission_fromBeforeTheRegistrationLeft_isNotAttached() {
    Phone phone = house.phone();
    var admitted = admitted(phone);
    house.engine().registrations().unregister(phone.id());

    assertThat(house.engine().devices().connected(admitted, session(phone))).isFalse();
  }

  private Session session(Phone phone) {
    var flow = new GatewayConfig.Flow(1_024, 4, 8, 0, 0);
    var shared =
        new Shared(house.engine().devices(), flow, GatewayListener.NONE, Clock.systemUTC());
    return new Session(shared, new FakeWire(), phone.id(), 4, 3);
  }

  private AuthResult.Authenticated admitted(Phone phone) {
    return (AuthResult.Authenticated)
        house.engine().devices().authenticate(House.APP, phone.id(), new Secret(phone.secret()));
  }

  @Test
  void connect_whileTheSecretIsReplaced_isRefusedOrEnded_neverKept() {
    for (int round = 0; round < ROUNDS; round++) {
      Phone phone = house.phone();
      try (var device = new RawDevice(house)) {
        Race.among(
            2,
            who -> {
              if (who == 0) {
                device.send(RawDevice.connect(true, phone.name(), phone.secret(), 60, ""));
              } else {
                renewed(phone);
              }
              return who;
            });
        Packet answer = device.read();
        assertThat(answer.type()).isEqualTo(RawDevice.CONNACK);
        if (answer.at(1) == 0) {
          device.awaitDisconnect(0x87);
        } else {
          assertThat(answer.at(1)).isEqualTo(0x86);
        }
      }
    }
  }
}
