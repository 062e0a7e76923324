// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.kit.fixture.NodeJs;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests the whole path with mqtt.js, as browsers use it: over WebSocket. Needs `node` and `npm` 18
/// or newer on the path; the package comes from npm into `target`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttJsIT {
  private NodeJs script;
  private GatewayFixture fixture;

  @BeforeAll
  void install(@TempDir Path folder) throws IOException {
    script = NodeJs.with("mqtt", "5.15.1", MqttJsIT.class, "device.mjs");
    fixture = GatewayFixture.open(GatewayFixture.config().with(Certificates.in(folder).tls()));
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @ParameterizedTest(name = "{0} version {1}")
  @CsvSource({"ws, 5", "ws, 4", "wss, 5", "wss, 4", "mqtt, 5", "mqtts, 4"})
  void push_comesThere_andBack(String scheme, String version) throws IOException {
    RegisteredDevice registeredDevice = fixture.registerDevice();
    Task early = fixture.push(registeredDevice, "waits in the mailbox 推送");
    Process node =
        script.start(
            scheme + "://localhost:" + fixture.port() + "/any/path",
            version,
            registeredDevice.name(),
            GatewayFixture.APP.value(),
            registeredDevice.secret());
    try (BufferedReader said = node.inputReader(UTF_8);
        Writer tell = node.outputWriter(UTF_8)) {
      assertThat(said.readLine()).contains(GatewayFixture.delivery(early, registeredDevice), "推送");
      Task late = fixture.push(registeredDevice, "straight through");
      assertThat(said.readLine()).contains(GatewayFixture.delivery(late, registeredDevice));
      fixture.awaitStatus(early, registeredDevice, DeliveryStatus.DELIVERED);
      fixture.awaitStatus(late, registeredDevice, DeliveryStatus.DELIVERED);

      tell.write(
          "{\"receipts\":[{\"delivery\":\"%s\",\"event\":\"opened\",\"at\":1}]}\n"
              .formatted(GatewayFixture.delivery(early, registeredDevice)));
      tell.flush();
      assertThat(said.readLine()).isEqualTo("published");
      assertThat(fixture.status(early, registeredDevice)).isEqualTo(DeliveryStatus.OPENED);

      fixture.recall(late);
      assertThat(said.readLine())
          .isEqualTo(
              "{\"type\":\"withdraw\",\"deliveries\":[\""
                  + GatewayFixture.delivery(late, registeredDevice)
                  + "\"]}");
    } finally {
      node.destroy();
    }
    fixture.awaitConnected(registeredDevice, false);
  }
}
