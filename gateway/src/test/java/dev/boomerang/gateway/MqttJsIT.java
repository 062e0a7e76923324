// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.House.Phone;
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

/// The whole way with mqtt.js, as browsers use it: over WebSocket. Needs `node` and `npm` 18 or
/// newer on the path; the package comes from npm into `target`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttJsIT {
  private NodeJs script;
  private House house;

  @BeforeAll
  void install(@TempDir Path folder) throws IOException {
    script = NodeJs.with("mqtt", "5.15.1", MqttJsIT.class, "device.mjs");
    house = House.open(House.config().with(Certificates.in(folder).tls()));
  }

  @AfterAll
  void close() {
    house.close();
  }

  @ParameterizedTest(name = "{0} version {1}")
  @CsvSource({"ws, 5", "ws, 4", "wss, 5", "wss, 4", "mqtt, 5", "mqtts, 4"})
  void push_comesThere_andBack(String scheme, String version) throws IOException {
    Phone phone = house.phone();
    Task early = house.push(phone, "waits in the mailbox 推送");
    Process node =
        script.start(
            scheme + "://localhost:" + house.port() + "/any/path",
            version,
            phone.name(),
            House.APP.value(),
            phone.secret());
    try (BufferedReader said = node.inputReader(UTF_8);
        Writer tell = node.outputWriter(UTF_8)) {
      assertThat(said.readLine()).contains(House.delivery(early, phone), "推送");
      Task late = house.push(phone, "straight through");
      assertThat(said.readLine()).contains(House.delivery(late, phone));
      house.awaitPhase(early, phone, DeliveryStatus.DELIVERED);
      house.awaitPhase(late, phone, DeliveryStatus.DELIVERED);

      tell.write(
          "{\"receipts\":[{\"delivery\":\"%s\",\"event\":\"opened\",\"at\":1}]}\n"
              .formatted(House.delivery(early, phone)));
      tell.flush();
      assertThat(said.readLine()).isEqualTo("published");
      assertThat(house.phase(early, phone)).isEqualTo(DeliveryStatus.OPENED);

      house.recall(late);
      assertThat(said.readLine())
          .isEqualTo(
              "{\"type\":\"withdraw\",\"deliveries\":[\"" + House.delivery(late, phone) + "\"]}");
    } finally {
      node.destroy();
    }
    house.awaitConnected(phone, false);
  }
}
