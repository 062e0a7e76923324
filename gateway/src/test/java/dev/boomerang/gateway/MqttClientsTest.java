// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.TestClient.Library;
import dev.boomerang.gateway.TestClient.Over;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Task;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests the whole path with MQTT clients of others: each library, each protocol version, each
/// transport, on one port.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttClientsTest {
  private Certificates certificates;
  private GatewayFixture fixture;

  @BeforeAll
  void open(@TempDir Path folder) {
    certificates = Certificates.in(folder);
    fixture = GatewayFixture.open(GatewayFixture.config().with(certificates.tls()));
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  static Stream<Arguments> all() {
    return Stream.of(Library.values())
        .flatMap(library -> Stream.of(Over.values()).map(over -> Arguments.of(library, over)));
  }

  @ParameterizedTest(name = "{0} over {1}")
  @MethodSource("all")
  void push_comesThere_andBack(Library library, Over over) throws Exception {
    RegisteredDevice registeredDevice = fixture.registerDevice();
    Task early = fixture.push(registeredDevice, "waits in the mailbox");
    try (TestClient testClient = library.connect(fixture, registeredDevice, over, certificates)) {
      assertThat(testClient.take()).contains(GatewayFixture.delivery(early, registeredDevice));
      Task late = fixture.push(registeredDevice, "straight through, ünïcode 推送 🪃");
      assertThat(testClient.take())
          .contains(GatewayFixture.delivery(late, registeredDevice), "ünïcode 推送 🪃");
      fixture.awaitStatus(early, registeredDevice, DeliveryStatus.DELIVERED);
      fixture.awaitStatus(late, registeredDevice, DeliveryStatus.DELIVERED);

      testClient.publish(
          registeredDevice.receiptTopic(), receipt(early, registeredDevice, "shown"));
      assertThat(fixture.status(early, registeredDevice)).isEqualTo(DeliveryStatus.SHOWN);

      fixture.recall(early);
      assertThat(testClient.take()).startsWith("{\"type\":\"withdraw\"").contains(early.id() + "-");
      testClient.publish(
          registeredDevice.receiptTopic(), receipt(early, registeredDevice, "withdrawn"));
      assertThat(fixture.status(early, registeredDevice)).isEqualTo(DeliveryStatus.RECALLED);
    }
    fixture.awaitConnected(registeredDevice, false);
  }

  private static String receipt(Task task, RegisteredDevice registeredDevice, String event) {
    return "{\"receipts\":[{\"delivery\":\"%s\",\"event\":\"%s\",\"at\":1700000000000}]}"
        .formatted(GatewayFixture.delivery(task, registeredDevice), event);
  }
}
