// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.deliver.AuthResult;
import dev.boomerang.engine.registration.DeviceClaim;
import dev.boomerang.engine.registration.RegisterResult;
import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.RawDevice.Packet;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.config.GatewayListener;
import dev.boomerang.gateway.session.FakeDeviceLink;
import dev.boomerang.gateway.session.Session;
import dev.boomerang.gateway.session.SessionContext;
import dev.boomerang.kit.fixture.ConcurrentCalls;
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

/// Tests that a connection ends when the secret it was made with is replaced.
class SecretReplacedTest {
  private static final int ROUNDS = 300;

  private final GatewayFixture fixture = GatewayFixture.open(patient());

  /// Every round of a race may be a refused log-in.
  private static GatewayConfig patient() {
    GatewayConfig config = GatewayFixture.config();
    return new GatewayConfig(
        config.listen(),
        config.flow(),
        config.timeouts(),
        new GatewayConfig.LoginLimits(
            10 * ROUNDS, 10 * ROUNDS, Duration.ofMinutes(1), Duration.ZERO, 64),
        config.peers(),
        config.eventLoopThreads(),
        config.maxConnections());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /// Registers again, as the device API does for a device that presents its old secret.
  private RegisteredDevice renewed(RegisteredDevice registeredDevice) {
    Registration known =
        fixture
            .engine()
            .registrations()
            .find(GatewayFixture.APP, registeredDevice.id())
            .orElseThrow();
    var claim = new DeviceClaim(IdentityMode.OPEN, Optional.of(known), Optional.empty());
    return switch (fixture
        .engine()
        .registrations()
        .register(GatewayFixture.APP, known.device(), Profile.EMPTY, Map.of(), claim, 0)) {
      case RegisterResult.Done(var registered) ->
          new RegisteredDevice(registered.registration(), registered.secret().reveal());
      case RegisterResult.ProofRequired _, RegisterResult.LimitReached _ ->
          throw new AssertionError("not registered");
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connection_ofAReplacedSecret_ends_andTheNewSecretConnects(boolean v5) {
    RegisteredDevice before = fixture.registerDevice();
    try (var old = RawDevice.in(fixture, before, v5)) {
      RegisteredDevice after = renewed(before);

      assertThat(after.id()).isEqualTo(before.id());
      if (v5) {
        old.awaitDisconnect(0x87);
      } else {
        old.awaitClosed();
      }
      try (var device = RawDevice.in(fixture, after, v5)) {
        fixture.awaitConnected(after, true);
        device.send(RawDevice.hex("C000"));
        device.read(RawDevice.PINGRESP);
      }
    }
  }

  @Test
  void admission_fromBeforeTheSecretWasReplaced_isNotAttached() {
    RegisteredDevice registeredDevice = fixture.registerDevice();
    var admitted = admitted(registeredDevice);
    RegisteredDevice after = renewed(registeredDevice);
    Session session = session(registeredDevice);

    assertThat(fixture.engine().devices().connected(admitted, session)).isFalse();
    assertThat(fixture.engine().registrations().isConnected(registeredDevice.id())).isFalse();
    assertThat(fixture.engine().devices().connected(admitted(after), session)).isTrue();
  }

  @Test
  void admission_fromBeforeTheRegistrationLeft_isNotAttached() {
    RegisteredDevice registeredDevice = fixture.registerDevice();
    var admitted = admitted(registeredDevice);
    fixture.engine().registrations().unregister(registeredDevice.id());

    assertThat(fixture.engine().devices().connected(admitted, session(registeredDevice))).isFalse();
  }

  private Session session(RegisteredDevice registeredDevice) {
    var flow = new GatewayConfig.Flow(1_024, 4, 8, 0, 0);
    var context =
        new SessionContext(
            fixture.engine().devices(), flow, GatewayListener.NONE, Clock.systemUTC());
    return new Session(context, new FakeDeviceLink(), registeredDevice.id(), 4, 3);
  }

  private AuthResult.Authenticated admitted(RegisteredDevice registeredDevice) {
    return (AuthResult.Authenticated)
        fixture
            .engine()
            .devices()
            .authenticate(
                GatewayFixture.APP, registeredDevice.id(), new Secret(registeredDevice.secret()));
  }

  @Test
  void connect_whileTheSecretIsReplaced_isRefusedOrEnded_neverKept() {
    for (int round = 0; round < ROUNDS; round++) {
      RegisteredDevice registeredDevice = fixture.registerDevice();
      try (var device = new RawDevice(fixture)) {
        ConcurrentCalls.among(
            2,
            who -> {
              if (who == 0) {
                device.send(
                    RawDevice.connect(
                        true, registeredDevice.name(), registeredDevice.secret(), 60, ""));
              } else {
                renewed(registeredDevice);
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
