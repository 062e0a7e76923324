// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static dev.boomerang.gateway.RawDevice.connect;
import static dev.boomerang.gateway.RawDevice.hex;
import static dev.boomerang.gateway.RawDevice.publish;
import static dev.boomerang.gateway.RawDevice.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.RawDevice.Packet;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.session.ReceiptReader;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
  private static final String FOREIGN = "17400000000000123456789";

  private final GatewayFixture fixture =
      GatewayFixture.open(
          GatewayFixture.config()
              .with(new GatewayConfig.Timeouts(Duration.ofSeconds(1), Duration.ofHours(1)))
              .with(GatewayConfig.LoginLimits.of(1_000, Duration.ofMinutes(1))));
  private final RegisteredDevice registeredDevice = fixture.registerDevice();

  @AfterEach
  void theServerStillServes() {
    try (var device = RawDevice.in(fixture, registeredDevice, true)) {
      device.send(subscribe(true, registeredDevice.pushTopic(), 1));
      device.read(RawDevice.SUBACK);
      fixture.push(registeredDevice, "still here");
      assertThat(device.read(RawDevice.PUBLISH).payload(true)).contains("still here");
    }
    fixture.close();
  }

  /// The columns are: what is wrong, the client id and the secret (empty: the right one), the codes
  /// of MQTT 5 and of MQTT 3.1.1.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "unknown registration, 17400000000000123456789, x, 0x86, 4",
    "wrong secret, '', x, 0x86, 4",
    "client id too short, 123, x, 0x85, 2",
    "no client id, -, x, 0x85, 2",
    "client id too long, 123456789012345678901234567890, x, 0x85, 2"
  })
  void connect_thatIsWrong_isRefusedWithItsCode(
      String what, String clientId, String secret, String v5Code, int v3Code) {
    String id = clientId.isEmpty() ? registeredDevice.name() : clientId.replace("-", "");
    try (var five = new RawDevice(fixture);
        var three = new RawDevice(fixture)) {
      five.send(connect(true, id, secret, 60, ""));
      three.send(connect(false, id, secret, 60, ""));

      assertThat(five.read(RawDevice.CONNACK).at(1)).as(what).isEqualTo(Integer.decode(v5Code));
      assertThat(three.read(RawDevice.CONNACK).at(1)).as(what).isEqualTo(v3Code);
      five.awaitClosed();
      three.awaitClosed();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "receive maximum 0, 210000, 0x82",
    "maximum packet size 0, 2700000000, 0x82",
    "authentication method, 15000178, 0x8C"
  })
  void connect_withABadProperty_isRefusedWithItsCode(String what, String property, String code) {
    try (var device = new RawDevice(fixture)) {
      device.send(connect(true, registeredDevice.name(), registeredDevice.secret(), 60, property));

      assertThat(device.read(RawDevice.CONNACK).at(1)).as(what).isEqualTo(Integer.decode(code));
      device.awaitClosed();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // connect flags: user, password, (retain,) will, clean
    "will of v5, 05, C6, 0x83",
    "retained will of v5, 05, E6, 0x9A",
    "will of v3, 04, C6, 5"
  })
  void connect_withAWill_isRefused(String what, String level, String flags, String code) {
    String properties = level.equals("05") ? "00" : "";
    String id = hexText(registeredDevice.name());
    String will = properties + "000161" + "000162";
    String body =
        "00044D515454"
            + level
            + flags
            + "003C"
            + properties
            + id
            + will
            + hexText("shop")
            + hexText(registeredDevice.secret());
    try (var device = new RawDevice(fixture)) {
      device.send(hex("10" + "%02x".formatted(body.length() / 2) + body));

      assertThat(device.read(RawDevice.CONNACK).at(1)).as(what).isEqualTo(Integer.decode(code));
      device.awaitClosed();
    }
  }

  @Test
  void connect_ofAnUnknownVersion_isRefusedAsMqtt3Does() {
    try (var device = new RawDevice(fixture)) {
      device.send(hex("100d00044d51545406c2003c00000161"));

      assertThat(device.read(RawDevice.CONNACK).at(1)).isEqualTo(1);
      device.awaitClosed();
    }
  }

  /// None of these is a CONNECT that could be answered.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing MQTT, 00",
    "TLS where none is configured, 16030100",
    "PINGREQ first, c000",
    "SUBSCRIBE first, 8206000100016101",
    "PUBLISH first, 300400016178",
    "a length of five bytes, 10ffffffffff01",
    "reserved flag in CONNECT, 100d00044d51545404c3003c00000161",
    "not the protocol's name, 100d00044d51545804c2003c00000161",
    "HTTP without upgrade, 474554202f20485454502f312e310d0a486f73743a20780d0a0d0a",
    "HTTP that is none, 474747474747474747470d0a0d0a"
  })
  void firstBytes_thatMakeNoSense_areClosed(String what, String bytes) {
    try (var device = new RawDevice(fixture)) {
      device.send(hex(bytes));

      device.awaitClosed();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"nothing at all, ''", "half a CONNECT, 1020", "half an HTTP request, 474554202f"})
  void connection_thatNeverConnects_isClosedInTime(String what, String bytes) {
    try (var device = new RawDevice(fixture)) {
      device.send(hex(bytes));

      device.awaitClosed();
    }
  }

  /// Lists what a connected device may not send, and the reason code of the DISCONNECT.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a packet type of 0, 0000, 0x81",
    "SUBSCRIBE with wrong flags, 8006000100016101, 0x81",
    "QoS 3, 36050001610001, 0x81",
    "packet id 0, 3206000161000000, 0x81",
    "text that is not UTF-8, 3204 0001ff 00, 0x81",
    "a wildcard to publish to, 32070003612f230001, 0x81",
    "PINGREQ with a body, c00100, 0x81",
    "CONNACK, 2003000000, 0x82",
    "PUBREL, 62020001, 0x82",
    "AUTH, f000, 0x82",
    "SUBSCRIBE to nothing, 8203000100, 0x82",
    "UNSUBSCRIBE from nothing, a203000100, 0x82",
    "topic alias, 320a00016100010323000178, 0x94"
  })
  void packet_thatIsWrong_endsWithItsReason(String what, String bytes, String code) {
    try (var device = RawDevice.in(fixture, registeredDevice, true)) {
      device.send(hex(bytes.replace(" ", "")));

      device.awaitDisconnect(Integer.decode(code));
    }
  }

  @Test
  void connect_asSecondPacket_isAProtocolError() {
    try (var device = RawDevice.in(fixture, registeredDevice, true)) {
      device.send(connect(true, registeredDevice.name(), registeredDevice.secret(), 60, ""));

      device.awaitDisconnect(0x82);
    }
  }

  @Test
  void connect_sentTwiceAtOnce_isAProtocolErrorToo() {
    byte[] one = connect(true, registeredDevice.name(), registeredDevice.secret(), 60, "");
    var two = new java.io.ByteArrayOutputStream();
    two.writeBytes(one);
    two.writeBytes(one);
    try (var device = new RawDevice(fixture)) {
      device.send(two.toByteArray());

      assertThat(device.read(RawDevice.CONNACK).at(1)).isZero();
      device.awaitDisconnect(0x82);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "foreign topic, weather, 2, 0x90",
    "another's receipts, receipt/17400000000000123456789, 2, 0x90",
    "own push topic, push, 2, 0x90",
    "QoS 2, receipt, 4, 0x9B",
    "retain, receipt, 3, 0x9A"
  })
  void publish_thatIsNotAllowed_endsWithItsReason(
      String what, String topic, int flags, String code) {
    String full =
        switch (topic) {
          case "receipt" -> registeredDevice.receiptTopic();
          case "push" -> registeredDevice.pushTopic();
          default -> topic;
        };
    try (var five = RawDevice.in(fixture, registeredDevice, true)) {
      five.send(publish(true, full, flags, 9, "{}"));
      five.awaitDisconnect(Integer.decode(code));
    }
    try (var three = RawDevice.in(fixture, registeredDevice, false)) {
      three.send(publish(false, full, flags, 9, "{}"));
      three.awaitClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void packet_thatIsTooLarge_endsWithItsReason(boolean v5) {
    try (var device = RawDevice.in(fixture, registeredDevice, v5)) {
      device.trySend(publish(v5, registeredDevice.receiptTopic(), 2, 9, "x".repeat(200_000)));

      if (v5) {
        device.awaitDisconnect(0x95);
      } else {
        device.awaitClosed();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "another's push topic, push/17400000000000123456789, 0x87",
    "own receipt topic, receipt, 0x87",
    "anything, weather, 0x87",
    "all, #, 0xA2",
    "all pushes, push/+, 0xA2",
    "shared, $share/g/push, 0x9E"
  })
  void subscribe_toWhatIsNotTheDevices_isRefusedAndTheConnectionStays(
      String what, String filter, String code) {
    String full = filter.equals("receipt") ? registeredDevice.receiptTopic() : filter;
    try (var five = RawDevice.in(fixture, registeredDevice, true)) {
      five.send(subscribe(true, full, 1));
      Packet answer = five.read(RawDevice.SUBACK);
      assertThat(answer.at(3)).as(what).isEqualTo(Integer.decode(code));
      five.send(hex("c000"));
      five.read(RawDevice.PINGRESP);
    }
    try (var three = RawDevice.in(fixture, registeredDevice, false)) {
      three.send(subscribe(false, full, 1));
      assertThat(three.read(RawDevice.SUBACK).at(2)).as(what).isEqualTo(0x80);
      three.send(hex("c000"));
      three.read(RawDevice.PINGRESP);
    }
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"receipts\": 1}",
        "{\"receipts\": [1]}",
        "{\"receipts\": [{\"delivery\": \"nonsense\", \"event\": \"shown\", \"at\": 1}]}",
        "{\"receipts\": [{\"delivery\": \"1-" + FOREIGN + "\", \"event\": \"eaten\", \"at\": 1}]}",
        "{\"receipts\": [{\"delivery\": \"1-" + FOREIGN + "\", \"event\": \"shown\"}]}",
        "{\"receipts\": []} trailing"
      })
  void receipts_thatCannotBeRead_areAnsweredAndTheConnectionStays(String payload) {
    try (var five = RawDevice.in(fixture, registeredDevice, true)) {
      five.send(publish(true, registeredDevice.receiptTopic(), 2, 9, payload));
      assertThat(five.read(RawDevice.PUBACK).body()).containsExactly(0, 9, 0x99);
      five.send(hex("c000"));
      five.read(RawDevice.PINGRESP);
    }
    // MQTT 3.1.1 has no code for it; without a PUBACK the device would send it for ever.
    try (var three = RawDevice.in(fixture, registeredDevice, false)) {
      three.send(publish(false, registeredDevice.receiptTopic(), 2, 9, payload));
      assertThat(three.read(RawDevice.PUBACK).body()).containsExactly(0, 9);
      three.send(hex("c000"));
      three.read(RawDevice.PINGRESP);
    }
  }

  @Test
  void receipts_thatAreTooMany_areAnsweredWithTheQuota() {
    String one = "{\"delivery\": \"1-" + FOREIGN + "\", \"event\": \"shown\", \"at\": 1}";
    String all = (one + ",").repeat(ReceiptReader.MAX_RECEIPTS) + one;
    try (var device = RawDevice.in(fixture, registeredDevice, true)) {
      device.send(
          publish(true, registeredDevice.receiptTopic(), 2, 9, "{\"receipts\": [" + all + "]}"));

      assertThat(device.read(RawDevice.PUBACK).body()).containsExactly(0, 9, 0x97);
    }
  }

  @Test
  void garbage_ofManyKinds_harmsNobody() {
    var random = new Random(4711);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      boolean inside = i % 2 == 0;
      if (!inside) {
        bytes[0] = (byte) (i % 3 == 0 ? 0x10 : 'G');
      }
      try (var device =
          inside ? RawDevice.in(fixture, registeredDevice, i % 4 == 0) : new RawDevice(fixture)) {
        device.trySend(bytes);
      }
    }
    fixture.awaitConnected(registeredDevice, false);
  }

  private static String hexText(String text) {
    var hex = new StringBuilder("%04x".formatted(text.length()));
    text.chars().forEach(c -> hex.append("%02x".formatted(c)));
    return hex.toString();
  }
}
