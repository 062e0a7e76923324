// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.Client.Library;
import dev.boomerang.gateway.Client.Over;
import dev.boomerang.gateway.House.Phone;
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

/// The whole way with clients not written by us: each library, each protocol version, each
/// transport, on one port.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsTest {
  private Certificates certificates;
  private House house;

  @BeforeAll
  void open(@TempDir Path folder) {
    certificates = Certificates.in(folder);
    house = House.open(House.config().with(certificates.tls()));
  }

  @AfterAll
  void close() {
    house.close();
  }

  static Stream<Arguments> all() {
    return Stream.of(Library.values())
        .flatMap(library -> Stream.of(Over.values()).map(over -> Arguments.of(library, over)));
  }

  @ParameterizedTest(name = "{0} over {1}")
  @MethodSource("all")
  void push_comesThere_andBack(Library library, Over over) throws Exception {
    Phone phone = house.phone();
    Task early = house.push(phone, "waits in the mailbox");
    try (Client client = library.connect(house, phone, over, certificates)) {
      assertThat(client.take()).contains(House.delivery(early, phone));
      Task late = house.push(phone, "straight through, ünïcode 推送 🪃");
      assertThat(client.take()).contains(House.delivery(late, phone), "ünïcode 推送 🪃");
      house.awaitPhase(early, phone, DeliveryStatus.DELIVERED);
      house.awaitPhase(late, phone, DeliveryStatus.DELIVERED);

      client.publish(phone.receiptTopic(), receipt(early, phone, "shown"));
      assertThat(house.phase(early, phone)).isEqualTo(DeliveryStatus.SHOWN);

      house.recall(early);
      assertThat(client.take()).startsWith("{\"type\":\"withdraw\"").contains(early.id() + "-");
      client.publish(phone.receiptTopic(), receipt(early, phone, "withdrawn"));
      assertThat(house.phase(early, phone)).isEqualTo(DeliveryStatus.RECALLED);
    }
    house.awaitConnected(phone, false);
  }

  private static String receipt(Task task, Phone phone, String event) {
    return "{\"receipts\":[{\"delivery\":\"%s\",\"event\":\"%s\",\"at\":1700000000000}]}"
        .formatted(House.delivery(task, phone), event);
  }
}
