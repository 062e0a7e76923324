// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static dev.boomerang.gateway.GatewayFixture.delivery;
import static dev.boomerang.gateway.RawDevice.connect;
import static dev.boomerang.gateway.RawDevice.puback;
import static dev.boomerang.gateway.RawDevice.publish;
import static dev.boomerang.gateway.RawDevice.subscribe;
import static dev.boomerang.gateway.RawDevice.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.RawDevice.Packet;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.config.GatewayListener;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests what a device gets and when, byte by byte.
class GatewayDeliveryTest {
  private final AtomicInteger caughtUp = new AtomicInteger();
  private final GatewayFixture fixture =
      GatewayFixture.open(
          GatewayFixture.config()
              .with(GatewayConfig.LoginLimits.of(3, Duration.ofMinutes(1)))
              .with(new GatewayConfig.Flow(64 * 1024, 32, 64, 4 * 1024, 8 * 1024)),
          new GatewayListener() {
            @Override
            public void caughtUp() {
              caughtUp.incrementAndGet();
            }
          });
  private final RegisteredDevice registeredDevice = fixture.registerDevice();

  @AfterEach
  void close() {
    fixture.close();
  }

  private RawDevice subscribed(boolean v5) {
    return subscribed(v5, "");
  }

  private RawDevice subscribed(boolean v5, String properties) {
    RawDevice device = RawDevice.in(fixture, registeredDevice, v5, 60, properties);
    device.send(subscribe(v5, registeredDevice.pushTopic(), 1));
    assertThat(device.read(RawDevice.SUBACK).body()).endsWith(1);
    return device;
  }

  /// Returns a subscribed device that has read its mailbox: what is pushed now is offered to the
  /// session itself.
  private RawDevice live(String properties) {
    int before = caughtUp.get();
    RawDevice device = subscribed(true, properties);
    Await.until("the device is live", () -> caughtUp.get() > before);
    return device;
  }

  private static String take(RawDevice device) {
    Packet packet = device.read(RawDevice.PUBLISH);
    device.send(puback(packet.packetId(true)));
    return packet.payload(true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void message_acknowledged_isDelivered(boolean v5) {
    try (var device = subscribed(v5)) {
      Task task = fixture.push(registeredDevice, "hello");
      Packet packet = device.read(RawDevice.PUBLISH);
      assertThat(packet.payload(v5)).contains(delivery(task, registeredDevice), "hello");
      assertThat(fixture.status(task, registeredDevice)).isEqualTo(DeliveryStatus.SENDING);

      device.send(puback(packet.packetId(v5)));

      fixture.awaitStatus(task, registeredDevice, DeliveryStatus.DELIVERED);
    }
  }

  @Test
  void message_refusedByTheDevice_isNotDeliveredAndComesAgain() {
    Task task = fixture.push(registeredDevice, "hello");
    try (var device = subscribed(true)) {
      int packetId = device.read(RawDevice.PUBLISH).packetId(true);
      device.send(new byte[] {0x40, 3, (byte) (packetId >> 8), (byte) packetId, (byte) 0x97});
    }
    fixture.awaitConnected(registeredDevice, false);
    assertThat(fixture.status(task, registeredDevice)).isEqualTo(DeliveryStatus.SENDING);

    try (var device = subscribed(true)) {
      assertThat(take(device)).contains(delivery(task, registeredDevice));
    }
    fixture.awaitStatus(task, registeredDevice, DeliveryStatus.DELIVERED);
  }

  @Test
  void mailbox_isReadInOrder_beforeWhatComesLater() {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      expected.add(delivery(fixture.push(registeredDevice, "old " + i), registeredDevice));
    }
    try (var device = subscribed(true)) {
      for (int i = 0; i < 100; i++) {
        expected.add(delivery(fixture.push(registeredDevice, "new " + i), registeredDevice));
      }
      var got = new ArrayList<String>();
      while (got.size() < expected.size()) {
        String payload = take(device);
        got.add(expected.stream().filter(payload::contains).findFirst().orElseThrow());
      }

      assertThat(got).isEqualTo(expected);
    }
  }

  @Test
  void nothing_isWrittenBeforeTheDeviceSubscribes_orAfterItUnsubscribes() {
    Task waits = fixture.push(registeredDevice, "waits");
    try (var device = RawDevice.in(fixture, registeredDevice, true)) {
      Task waitsToo = fixture.push(registeredDevice, "waits too");
      device.send(new byte[] {(byte) 0xC0, 0});
      assertThat(device.read().type()).isEqualTo(RawDevice.PINGRESP);
      fixture.awaitStatus(waitsToo, registeredDevice, DeliveryStatus.QUEUED);

      device.send(subscribe(true, registeredDevice.pushTopic(), 0));
      assertThat(device.read(RawDevice.SUBACK).body()).as("granted QoS").endsWith(1);
      assertThat(take(device)).contains(delivery(waits, registeredDevice));
      assertThat(take(device)).contains(delivery(waitsToo, registeredDevice));

      device.send(unsubscribe(true, registeredDevice.pushTopic()));
      assertThat(device.read(0xB0).body()).endsWith(0);
      Task after = fixture.push(registeredDevice, "after");
      fixture.awaitStatus(after, registeredDevice, DeliveryStatus.QUEUED);
      device.send(new byte[] {(byte) 0xC0, 0});
      assertThat(device.read().type()).isEqualTo(RawDevice.PINGRESP);

      device.send(subscribe(true, registeredDevice.pushTopic(), 1));
      assertThat(take(device)).contains(delivery(after, registeredDevice));
    }
  }

  @Test
  void withdrawals_comeFirst_whenTheDeviceReturns() {
    var recalled = new ArrayList<String>();
    try (var device = subscribed(true)) {
      for (int i = 0; i < 40; i++) {
        Task task = fixture.push(registeredDevice, "to be recalled");
        take(device);
        fixture.awaitStatus(task, registeredDevice, DeliveryStatus.DELIVERED);
        recalled.add(delivery(task, registeredDevice));
      }
    }
    fixture.awaitConnected(registeredDevice, false);
    Task prevented = fixture.push(registeredDevice, "never shown");
    Task waits = fixture.push(registeredDevice, "waits");
    recalled.forEach(
        id ->
            fixture.recall(
                fixture.engine().tasks().find(GatewayFixture.APP, taskOf(id)).orElseThrow()));
    fixture.recall(prevented);
    assertThat(fixture.status(prevented, registeredDevice)).isEqualTo(DeliveryStatus.RECALLED);

    try (var device = subscribed(true)) {
      String first = take(device);
      assertThat(first).startsWith("{\"type\":\"withdraw\",\"deliveries\":[");
      assertThat(recalled).allSatisfy(id -> assertThat(first).contains('"' + id + '"'));
      assertThat(take(device)).contains(delivery(waits, registeredDevice));
    }
  }

  @Test
  void withdrawal_followsItsParcel_onTheSameConnection() {
    try (var device = subscribed(true)) {
      Task task = fixture.push(registeredDevice, "oops");
      assertThat(take(device)).contains("oops");

      fixture.recall(task);

      assertThat(take(device))
          .isEqualTo(
              "{\"type\":\"withdraw\",\"deliveries\":[\""
                  + delivery(task, registeredDevice)
                  + "\"]}");
      assertThat(fixture.status(task, registeredDevice)).isEqualTo(DeliveryStatus.RECALLING);
      device.send(
          publish(
              true,
              registeredDevice.receiptTopic(),
              2,
              5,
              "{\"receipts\":[{\"delivery\":\""
                  + delivery(task, registeredDevice)
                  + "\",\"event\":\"withdrawn\",\"at\":1}]}"));
      device.read(RawDevice.PUBACK);
      assertThat(fixture.status(task, registeredDevice)).isEqualTo(DeliveryStatus.RECALLED);
    }
  }

  @Test
  void withdrawals_areSplitToFitTheDevicesLargestPacket() {
    // Maximum packet size 300: at most five ids to a command.
    var recalled = new ArrayList<Task>();
    try (var device = subscribed(true, "270000012C")) {
      for (int i = 0; i < 12; i++) {
        Task task = fixture.push(registeredDevice, "x");
        take(device);
        fixture.awaitStatus(task, registeredDevice, DeliveryStatus.DELIVERED);
        recalled.add(task);
      }
    }
    fixture.awaitConnected(registeredDevice, false);
    recalled.forEach(fixture::recall);

    try (var device = subscribed(true, "270000012C")) {
      var all = new StringBuilder();
      while (recalled.stream()
          .anyMatch(task -> !all.toString().contains(delivery(task, registeredDevice)))) {
        Packet packet = device.read(RawDevice.PUBLISH);
        assertThat(packet.body().length).isLessThanOrEqualTo(297);
        device.send(puback(packet.packetId(true)));
        all.append(packet.payload(true));
      }
    }
  }

  @Test
  void message_thatIsQueuedWhenRecalled_isNeverSent() {
    try (var device = live("210001")) {
      Task first = fixture.push(registeredDevice, "first");
      Packet packet = device.read(RawDevice.PUBLISH);
      Task second = fixture.push(registeredDevice, "second");
      Task third = fixture.push(registeredDevice, "third");

      fixture.recall(second);

      fixture.awaitStatus(second, registeredDevice, DeliveryStatus.RECALLED);
      device.send(puback(packet.packetId(true)));
      assertThat(take(device)).contains(delivery(third, registeredDevice));
      fixture.awaitStatus(first, registeredDevice, DeliveryStatus.DELIVERED);
      fixture.awaitStatus(third, registeredDevice, DeliveryStatus.DELIVERED);
    }
  }

  @Test
  void message_thatExpires_whileItWaitsForTheDevice_isNotSent() {
    try (var device = live("210001")) {
      fixture.push(registeredDevice, "first");
      Packet packet = device.read(RawDevice.PUBLISH);
      Task brief =
          fixture.push(
              registeredDevice, Content.Notification.of("brief", ""), Duration.ofMillis(50));
      fixture.push(registeredDevice, "last");
      Await.until(
          "the brief one is over",
          () ->
              fixture.status(brief, registeredDevice) == DeliveryStatus.ABANDONED
                  || fixture.status(brief, registeredDevice) == DeliveryStatus.EXPIRED);

      device.send(puback(packet.packetId(true)));

      assertThat(take(device)).contains("last");
    }
  }

  @Test
  void message_largerThanTheDeviceTakes_isNotSent() {
    // Maximum packet size 1024.
    try (var device = live("2700000400")) {
      Task large =
          fixture.push(
              registeredDevice, Content.Notification.of("x".repeat(2000), ""), Duration.ofHours(1));
      fixture.push(registeredDevice, "small");

      assertThat(take(device)).contains("small");
      fixture.awaitStatus(large, registeredDevice, DeliveryStatus.QUEUED);
    }
  }

  @Test
  void receiveMaximum_isRespected() {
    try (var device = subscribed(true, "210002")) {
      for (int i = 0; i < 5; i++) {
        fixture.push(registeredDevice, "number " + i);
      }
      int first = device.read(RawDevice.PUBLISH).packetId(true);
      int second = device.read(RawDevice.PUBLISH).packetId(true);
      device.send(new byte[] {(byte) 0xC0, 0});
      assertThat(device.read().type()).as("nothing more").isEqualTo(RawDevice.PINGRESP);

      device.send(puback(second));
      assertThat(device.read().payload(true)).contains("number 2");
      device.send(puback(first));
      assertThat(device.read().payload(true)).contains("number 3");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secondConnection_endsTheFirst(boolean v5) {
    try (var first = subscribed(v5);
        var second = subscribed(v5)) {
      if (v5) {
        first.awaitDisconnect(0x8E);
      } else {
        first.awaitClosed();
      }

      Task task = fixture.push(registeredDevice, "for the second");
      Packet packet = second.read(RawDevice.PUBLISH);
      second.send(puback(packet.packetId(v5)));
      fixture.awaitStatus(task, registeredDevice, DeliveryStatus.DELIVERED);
    }
  }

  @Test
  void deletedRegistration_isDisconnected() {
    try (var device = subscribed(true)) {
      fixture.engine().registrations().unregister(registeredDevice.id());

      device.awaitDisconnect(0x98);
    }
  }

  @Test
  void closingGateway_sendsServerShuttingDown() {
    try (var device = subscribed(true)) {
      fixture.gateway().close();

      device.awaitDisconnect(0x8B);
    }
  }

  @Test
  void silence_beyondTheKeepAlive_endsTheConnection() {
    try (var device = RawDevice.in(fixture, registeredDevice, true, 1, "");
        var old = RawDevice.in(fixture, fixture.registerDevice(), false, 1, "")) {
      device.awaitDisconnect(0x8D);
      old.awaitClosed();
    }
    fixture.awaitConnected(registeredDevice, false);
  }

  @Test
  void keepAlive_thatIsTooLongOrNone_isOverridden() {
    try (var device = new RawDevice(fixture)) {
      device.send(
          connect(true, registeredDevice.name(), registeredDevice.secret(), 0, "11FFFFFFFF"));
      Packet welcome = device.read(RawDevice.CONNACK);
      // Session expiry 0, then server keep-alive 3600.
      assertThat(welcome.body()).containsSequence(0x11, 0, 0, 0, 0, 0x13, 0x0E, 0x10);
    }
  }

  @Test
  void packets_sentBeforeTheConnack_areTakenAfterIt() {
    fixture.push(registeredDevice, "waiting");
    var all = new java.io.ByteArrayOutputStream();
    all.writeBytes(connect(true, registeredDevice.name(), registeredDevice.secret(), 60, ""));
    all.writeBytes(subscribe(true, registeredDevice.pushTopic(), 1));
    try (var device = new RawDevice(fixture)) {
      device.send(all.toByteArray());

      assertThat(device.read().type()).isEqualTo(RawDevice.CONNACK);
      assertThat(device.read().type()).isEqualTo(RawDevice.SUBACK);
      assertThat(take(device)).contains("waiting");
    }
  }

  @Test
  void receipts_areStored_beforeTheyAreAcknowledged() {
    try (var device = subscribed(true)) {
      var tasks = new ArrayList<Task>();
      for (int i = 0; i < 20; i++) {
        tasks.add(fixture.push(registeredDevice, "number " + i));
        take(device);
      }
      for (int i = 0; i < 20; i++) {
        String id = delivery(tasks.get(i), registeredDevice);
        String event = i % 2 == 0 ? "opened" : "dismissed";
        device.send(
            publish(
                true,
                registeredDevice.receiptTopic(),
                2,
                100 + i,
                "{\"v\":[{}],\"receipts\":[{\"delivery\":\"%s\",\"event\":\"shown\",\"at\":1,\"x\":{}},{\"delivery\":\"%s\",\"event\":\"%s\",\"at\":2}]}"
                    .formatted(id, id, event)));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(device.read(RawDevice.PUBACK).body()).containsExactly(0, 100 + i);
        assertThat(fixture.status(tasks.get(i), registeredDevice))
            .isEqualTo(i % 2 == 0 ? DeliveryStatus.OPENED : DeliveryStatus.DISMISSED);
      }
    }
  }

  @Test
  void receipts_ofQosZero_areTakenToo_andThoseOfOthersIgnored() {
    RegisteredDevice other = fixture.registerDevice();
    Task foreign = fixture.push(other, "for another");
    try (var device = subscribed(false)) {
      Task own = fixture.push(registeredDevice, "own");
      device.read(RawDevice.PUBLISH);
      device.send(
          publish(
              false,
              registeredDevice.receiptTopic(),
              0,
              0,
              "{\"receipts\":[{\"delivery\":\"%s\",\"event\":\"opened\",\"at\":1},{\"delivery\":\"%s\",\"event\":\"opened\",\"at\":1}]}"
                  .formatted(delivery(foreign, other), delivery(own, registeredDevice))));
      fixture.awaitStatus(own, registeredDevice, DeliveryStatus.OPENED);
      assertThat(fixture.status(foreign, other)).isEqualTo(DeliveryStatus.QUEUED);
    }
  }

  @Test
  void slowReader_blocksNobody_andIsCaughtUpLater() {
    RegisteredDevice other = fixture.registerDevice();
    var content = Content.Notification.of("t", "x".repeat(3_000));
    try (var slow = new RawDevice(fixture, 4_096);
        var quick = RawDevice.in(fixture, other, true)) {
      slow.send(connect(true, registeredDevice.name(), registeredDevice.secret(), 60, ""));
      slow.read(RawDevice.CONNACK);
      slow.send(subscribe(true, registeredDevice.pushTopic(), 1));
      slow.read(RawDevice.SUBACK);
      quick.send(subscribe(true, other.pushTopic(), 1));
      quick.read(RawDevice.SUBACK);
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        tasks.add(fixture.push(registeredDevice, content, Duration.ofHours(1)));
        Task task = fixture.push(other, "quick " + i);
        Packet packet = quick.read(RawDevice.PUBLISH);
        assertThat(packet.payload(true)).contains(delivery(task, other));
        quick.send(puback(packet.packetId(true)));
      }

      for (Task task : tasks) {
        assertThat(take(slow)).contains(delivery(task, registeredDevice));
      }
    }
  }

  @Test
  void dataMessage_isSentAsData() {
    try (var device = subscribed(true)) {
      Task task =
          fixture.push(
              registeredDevice,
              new Content.DataMessage("{\"a\":\"é\"}", Map.of("k", "v")),
              Duration.ofHours(1));

      assertThat(take(device))
          .isEqualTo(
              "{\"type\":\"data\",\"delivery\":\"%s\",\"task\":\"%s\",\"body\":\"{\\\"a\\\":\\\"é\\\"}\",\"extras\":{\"k\":\"v\"},\"expiresAt\":%d}"
                  .formatted(
                      delivery(task, registeredDevice),
                      task.id(),
                      task.expiresAt().toEpochMilli()));
    }
  }

  private static dev.boomerang.model.push.TaskId taskOf(String delivery) {
    return dev.boomerang.model.push.DeliveryId.parse(delivery).orElseThrow().task();
  }
}
