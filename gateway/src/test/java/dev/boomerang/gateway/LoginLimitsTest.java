// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static dev.boomerang.gateway.RawDevice.connect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.model.text.TrustedProxies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that a device that fails to log in, or sends nothing, harms only itself, though all
/// devices here have one address.
class LoginLimitsTest {
  private final GatewayFixture fixture =
      GatewayFixture.open(
          GatewayFixture.config()
              .with(
                  new GatewayConfig.LoginLimits(
                      3, 2, Duration.ofDays(1), Duration.ofMillis(1_500), 4))
              .with(new GatewayConfig.Peers(TrustedProxies.NONE, 5)));
  private final RegisteredDevice registeredDevice = fixture.registerDevice();
  private final List<RawDevice> devices = new ArrayList<>();

  @AfterEach
  void close() {
    devices.forEach(RawDevice::close);
    fixture.close();
  }

  private RawDevice device() {
    var device = new RawDevice(fixture);
    devices.add(device);
    return device;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rightCredentials_getIn_howeverManyOthersFail(boolean v5) {
    for (int i = 0; i < 100; i++) {
      RawDevice wrong = device();
      wrong.send(connect(v5, registeredDevice.name(), "wrong", 60, ""));
      Await.until("it has sent its CONNECT", () -> fixture.pending() == 0);
    }

    try (var right = RawDevice.in(fixture, registeredDevice, v5)) {
      right.send(RawDevice.hex("c000"));
      right.read(RawDevice.PINGRESP);
    }
  }

  @Test
  void wrongCredentials_areRefusedInTheEnd_howeverOften() {
    for (int i = 0; i < 10; i++) {
      device().send(connect(true, registeredDevice.name(), "wrong", 60, ""));
      Await.until("it has sent its CONNECT", () -> fixture.pending() == 0);
    }

    assertThat(devices)
        .allSatisfy(device -> assertThat(device.read(RawDevice.CONNACK).at(1)).isEqualTo(0x86));
  }

  @Test
  void silentConnections_giveWay_theOldestFirst() {
    for (int i = 0; i < 5; i++) {
      device();
      int open = i + 1;
      Await.until("it is known", () -> fixture.pending() == open);
    }

    try (var right = RawDevice.in(fixture, registeredDevice, true)) {
      right.send(RawDevice.hex("c000"));
      right.read(RawDevice.PINGRESP);

      assertThat(devices.getFirst().readToEnd()).isEmpty();
      assertThat(fixture.pending()).isEqualTo(4);
      for (int i = 1; i < 5; i++) {
        RawDevice silent = devices.get(i);
        silent.send(connect(true, registeredDevice.name(), "wrong", 60, ""));
        assertThat(silent.read(RawDevice.CONNACK).at(1)).isEqualTo(0x86);
      }
    }
    Await.until("all are forgotten", () -> fixture.pending() == 0);
  }

  /// Connected devices do not count for their address: carriers put thousands behind one.
  @Test
  void devicesThatAreIn_doNotCount() {
    for (int i = 0; i < 20; i++) {
      devices.add(RawDevice.in(fixture, fixture.registerDevice(), true));
    }

    assertThat(devices)
        .allSatisfy(
            device -> {
              device.send(RawDevice.hex("c000"));
              device.read(RawDevice.PINGRESP);
            });
  }
}
