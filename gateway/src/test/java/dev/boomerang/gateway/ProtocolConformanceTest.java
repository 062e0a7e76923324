// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.config.GatewayConfig;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests that the server refuses what the standards forbid, with the codes they state, and accepts
/// what they allow. [PacketText] says how the packets are written. The sections are those of "MQTT
/// Version 5.0".
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolConformanceTest {
  private final GatewayFixture fixture =
      GatewayFixture.open(
          GatewayFixture.config()
              .with(GatewayConfig.LoginLimits.of(100_000, Duration.ofMinutes(1)))
              .with(new GatewayConfig.Peers(dev.boomerang.model.text.TrustedProxies.NONE, 0)));
  private final RegisteredDevice registeredDevice = fixture.registerDevice();
  private final PacketText text = new PacketText(registeredDevice);

  @AfterAll
  void close() {
    fixture.close();
  }

  /// The code is that of the MQTT 5 CONNACK, 0x00 for success.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          plain                            | C2 003C ()                       $id $app $secret | 0x00
          every property                   | C2 003C (11 00000001 21 0001 27 00010000 22 0000 19 00 17 01 26 'a' 'b' 26 'a' 'b') $id $app $secret | 0x00
          empty user property              | C2 003C (26 '' '')               $id $app $secret | 0x00
          reserved flag                    | C3 003C ()                       $id $app $secret | 0x81
          will QoS without a will          | CA 003C ()                       $id $app $secret | 0x81
          will retain without a will       | E2 003C ()                       $id $app $secret | 0x81
          will QoS 3                       | DE 003C () $id () 'a' 'b'            $app $secret | 0x81
          will                             | C6 003C () $id () 'a' 'b'            $app $secret | 0x83
          will of QoS 1                    | CE 003C () $id (18 00000001 01 01) 'a' 'b' $app $secret | 0x83
          retained will                    | E6 003C () $id () 'a' 'b'            $app $secret | 0x9A
          will to a wildcard               | C6 003C () $id () 'a/#' 'b'          $app $secret | 0x81
          will to nothing                  | C6 003C () $id () '' 'b'             $app $secret | 0x81
          will flag and no will            | C6 003C () $id                       $app $secret | 0x81
          connect property in a will       | C6 003C () $id (21 0001) 'a' 'b'     $app $secret | 0x81
          will property twice              | C6 003C () $id (18 00000001 18 00000001) 'a' 'b' $app $secret | 0x82
          will property in CONNECT         | C2 003C (18 00000001)            $id $app $secret | 0x81
          publish property in CONNECT      | C2 003C (23 0001)                $id $app $secret | 0x81
          property only servers send       | C2 003C (24 00)                  $id $app $secret | 0x81
          unknown property                 | C2 003C (04 00)                  $id $app $secret | 0x81
          receive maximum twice            | C2 003C (21 0001 21 0002)        $id $app $secret | 0x82
          maximum packet size twice        | C2 003C (27 00010000 27 00010000) $id $app $secret | 0x82
          session expiry twice             | C2 003C (11 00000000 11 00000000) $id $app $secret | 0x82
          topic alias maximum twice        | C2 003C (22 0001 22 0001)        $id $app $secret | 0x82
          receive maximum 0                | C2 003C (21 0000)                $id $app $secret | 0x82
          maximum packet size 0            | C2 003C (27 00000000)            $id $app $secret | 0x82
          request problem information 2    | C2 003C (17 02)                  $id $app $secret | 0x82
          request response information 2   | C2 003C (19 02)                  $id $app $secret | 0x82
          authentication data, no method   | C2 003C (16 'x')                 $id $app $secret | 0x82
          authentication method            | C2 003C (15 'x')                 $id $app $secret | 0x8C
          property cut off                 | C2 003C (27 0000)                $id $app $secret | 0x81
          properties longer than the rest  | C2 003C 7F                       $id $app $secret | 0x81
          bytes behind the end             | C2 003C ()                    $id $app $secret 00 | 0x81
          no password where one is flagged | C2 003C ()                       $id $app         | 0x81
          client id with U+0000            | C2 003C ()                   0002 6100 $app $secret | 0x81
          user name with a control         | C2 003C ()                   $id 0002 6101 $secret | 0x81
          user name with half an emoji     | C2 003C ()               $id 0003 EDA080 $secret | 0x81
          user name of another app         | C2 003C ()                      $id 'toys' $secret | 0x86
          password without a user name     | 42 003C ()                       $id      $secret | 0x86
          """)
  void connect_ofMqtt5_isAnsweredAsTheStandardSays(String what, String body, String code) {
    try (var device = new RawDevice(fixture)) {
      device.send(text.bytes("10 ('MQTT' 05 " + body + ")"));

      assertThat(device.read(RawDevice.CONNACK).at(1)).as(what).isEqualTo(Integer.decode(code));
    }
  }

  /// MQTT 3.1.1 has no code for what is not MQTT: the connection is closed without an answer.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          plain                           | 'MQTT' 04 C2 003C   $id $app $secret     | 0
          MQTT 3.1                        | 'MQIsdp' 03 C2 003C $id $app $secret     | 0
          will                            | 'MQTT' 04 C6 003C   $id 'a' 'b' $app $secret | 5
          unknown level                   | 'MQTT' 06 C2 003C   $id $app $secret     | 1
          level of a bridge               | 'MQTT' 84 C2 003C   $id $app $secret     | 1
          level of another name           | 'MQIsdp' 04 C2 003C $id $app $secret     | 1
          another protocol                | 'MQTX' 04 C2 003C   $id $app $secret     | closed
          a protocol of no name           | '' 04 C2 003C       $id $app $secret     | closed
          reserved flag                   | 'MQTT' 04 C3 003C   $id $app $secret     | closed
          will QoS without a will         | 'MQTT' 04 CA 003C   $id $app $secret     | closed
          will retain without a will      | 'MQTT' 04 E2 003C   $id $app $secret     | closed
          will QoS 3                      | 'MQTT' 04 DE 003C   $id 'a' 'b' $app $secret | closed
          will to a wildcard              | 'MQTT' 04 C6 003C   $id '+' 'b' $app $secret | closed
          password without a user name    | 'MQTT' 04 42 003C   $id $secret          | closed
          bytes behind the end            | 'MQTT' 04 C2 003C   $id $app $secret 00  | closed
          no password                     | 'MQTT' 04 C2 003C   $id $app             | closed
          client id with U+0000           | 'MQTT' 04 C2 003C   0002 6100 $app $secret | closed
          client id with a non-character  | 'MQTT' 04 C2 003C   0003 EFBFBF $app $secret | closed
          client id with half an emoji    | 'MQTT' 04 C2 003C   0003 EDA080 $app $secret | closed
          client id with an overlong code | 'MQTT' 04 C2 003C   0002 C080 $app $secret | closed
          client id cut off in a letter   | 'MQTT' 04 C2 003C   0002 E282 $app $secret | closed
          """)
  void connect_ofMqtt3_isAnsweredAsTheStandardSays(String what, String body, String answer) {
    try (var device = new RawDevice(fixture)) {
      device.send(text.bytes("10 (" + body + ")"));

      if (answer.equals("closed")) {
        assertThat(device.readToEnd()).as(what).isEmpty();
      } else {
        assertThat(device.read(RawDevice.CONNACK).at(1))
            .as(what)
            .isEqualTo(Integer.parseInt(answer));
      }
    }
  }

  /// Lists what a connected device may not send, with its MQTT 5 code. Where the packet means the
  /// same in MQTT 3.1.1 (`both`), that connection is closed.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          type 0                           | 00 ()                              | 0x81 | both
          second CONNECT                   | 10 ('MQTT' 04 C2 003C $id $app $secret) | 0x82 | both
          CONNECT with a reserved flag     | 11 ('MQTT' 04 C2 003C $id $app $secret) | 0x81 | both
          CONNACK                          | 20 (00 00)                         | 0x82 | both
          SUBACK                           | 90 (0001 00)                       | 0x82 | both
          UNSUBACK                         | B0 (0001)                          | 0x82 | both
          PINGRESP                         | D0 ()                              | 0x82 | both
          PINGREQ with a flag              | C1 ()                              | 0x81 | both
          PINGREQ with a body              | C0 (00)                            | 0x81 | both
          length of five bytes             | C0 80808080 01                     | 0x81 | both
          length longer than needed        | C0 80 00                           | 0x81 | v5
          PUBLISH of QoS 3                 | 36 ($receipt 0001 00)              | 0x81 | both
          PUBLISH of QoS 0, again          | 38 ($receipt 00)                   | 0x81 | both
          PUBLISH with packet id 0         | 32 ($receipt 0000 00)              | 0x81 | both
          PUBLISH cut off in its topic     | 30 (0009 61)                       | 0x81 | both
          PUBLISH without a packet id      | 32 ($receipt 00)                   | 0x81 | both
          PUBLISH to nothing               | 32 ('' 0001 00)                    | 0x82 | both
          PUBLISH to +                     | 32 ('a/+' 0001 00)                 | 0x81 | both
          PUBLISH to #                     | 32 ('#' 0001 00)                   | 0x81 | both
          topic with U+0000                | 32 (0003 610062 0001 00)           | 0x81 | both
          topic with U+0001                | 32 (0003 610162 0001 00)           | 0x81 | both
          topic with U+007F                | 32 (0003 617F62 0001 00)           | 0x81 | both
          topic with U+009F                | 32 (0003 61C29F 0001 00)           | 0x81 | both
          topic with U+FFFE                | 32 (0003 EFBFBE 0001 00)           | 0x81 | both
          topic with U+FDD0                | 32 (0003 EFB790 0001 00)           | 0x81 | both
          topic with U+1FFFF               | 32 (0004 F09FBFBF 0001 00)         | 0x81 | both
          topic with half an emoji         | 32 (0003 EDA080 0001 00)           | 0x81 | both
          topic with an overlong code      | 32 (0003 E08080 0001 00)           | 0x81 | both
          topic beyond U+10FFFF            | 32 (0004 F4908080 0001 00)         | 0x81 | both
          topic of a byte that is none     | 32 (0002 61FF 0001 00)             | 0x81 | both
          topic of a continuation          | 32 (0001 80 0001 00)               | 0x81 | both
          PUBLISH with alias 0             | 32 ($receipt 0001 (23 0000))       | 0x94 | v5
          PUBLISH with an alias            | 32 ($receipt 0001 (23 0001))       | 0x94 | v5
          PUBLISH with an alias alone      | 32 ('' 0001 (23 0001))             | 0x94 | v5
          alias twice                      | 32 ($receipt 0001 (23 0001 23 0001)) | 0x82 | v5
          payload format 2                 | 32 ($receipt 0001 (01 02))         | 0x82 | v5
          payload format twice             | 32 ($receipt 0001 (01 00 01 00))   | 0x82 | v5
          expiry twice                     | 32 ($receipt 0001 (02 00000001 02 00000001)) | 0x82 | v5
          content type twice               | 32 ($receipt 0001 (03 'a' 03 'a')) | 0x82 | v5
          response topic with a wildcard   | 32 ($receipt 0001 (08 'a/#'))      | 0x81 | v5
          user property cut off            | 32 ($receipt 0001 (26 'a'))        | 0x81 | v5
          user property with U+0000        | 32 ($receipt 0001 (26 'a' 0001 00)) | 0x81 | v5
          subscription id in PUBLISH       | 32 ($receipt 0001 (0B 01))         | 0x82 | v5
          connect property in PUBLISH      | 32 ($receipt 0001 (11 00000001))   | 0x81 | v5
          unknown property in PUBLISH      | 32 ($receipt 0001 (7F 00))         | 0x81 | v5
          property id longer than needed   | 32 ($receipt 0001 (8100 00))       | 0x81 | v5
          properties longer than the rest  | 32 ($receipt 0001 05)              | 0x81 | v5
          PUBACK with a flag               | 41 (0001)                          | 0x81 | both
          PUBACK with packet id 0          | 40 (0000)                          | 0x81 | both
          PUBACK without a packet id       | 40 ()                              | 0x81 | both
          PUBACK too long for 3.1.1        | 40 (0001 01)                       | 0x82 | both
          PUBACK of a code for PUBREL      | 40 (0001 92)                       | 0x82 | v5
          PUBACK with a foreign property   | 40 (0001 00 (11 00000001))         | 0x81 | v5
          PUBACK with two reasons          | 40 (0001 00 (1F 'a' 1F 'b'))       | 0x82 | v5
          PUBACK with bytes behind         | 40 (0001 00 () 00)                 | 0x81 | v5
          PUBREC                           | 50 (0001)                          | 0x82 | both
          PUBREC of an unknown code        | 50 (0001 01)                       | 0x82 | v5
          PUBREL                           | 62 (0001)                          | 0x82 | both
          PUBREL without its flag          | 60 (0001)                          | 0x81 | both
          PUBREL of a code for PUBACK      | 62 (0001 10)                       | 0x82 | v5
          PUBCOMP                          | 70 (0001)                          | 0x82 | both
          SUBSCRIBE without its flag       | 80 (0001 00 $push 01)              | 0x81 | v5
          SUBSCRIBE with packet id 0       | 82 (0000 00 $push 01)              | 0x81 | v5
          SUBSCRIBE to nothing             | 82 (0001 00)                       | 0x82 | v5
          empty filter                     | 82 (0001 00 '' 01)                 | 0x81 | v5
          filter without options           | 82 (0001 00 $push)                 | 0x81 | v5
          filter a#                        | 82 (0001 00 'a#' 01)               | 0x81 | v5
          filter #/a                       | 82 (0001 00 '#/a' 01)              | 0x81 | v5
          filter a+/b                      | 82 (0001 00 'a+/b' 01)             | 0x81 | v5
          filter with U+0000               | 82 (0001 00 0001 00 01)            | 0x81 | v5
          share of no name                 | 82 (0001 00 '$share//a' 01)        | 0x81 | v5
          share of nothing                 | 82 (0001 00 '$share/a' 01)         | 0x81 | v5
          share of a wildcard name         | 82 (0001 00 '$share/+/a' 01)       | 0x81 | v5
          share with no-local              | 82 (0001 00 '$share/a/b' 05)       | 0x82 | v5
          reserved option 0x40             | 82 (0001 00 $push 41)              | 0x81 | v5
          reserved option 0x80             | 82 (0001 00 $push 81)              | 0x81 | v5
          retain handling 3                | 82 (0001 00 $push 31)              | 0x82 | v5
          SUBSCRIBE of QoS 3               | 82 (0001 00 $push 03)              | 0x82 | v5
          subscription id 0                | 82 (0001 (0B 00) $push 01)         | 0x82 | v5
          subscription id twice            | 82 (0001 (0B 01 0B 02) $push 01)   | 0x82 | v5
          subscription id of five bytes    | 82 (0001 (0B 8080808001) $push 01) | 0x81 | v5
          publish property in SUBSCRIBE    | 82 (0001 (02 00000001) $push 01)   | 0x81 | v5
          UNSUBSCRIBE without its flag     | A0 (0001 00 $push)                 | 0x81 | v5
          UNSUBSCRIBE with packet id 0     | A2 (0000 00 $push)                 | 0x81 | v5
          UNSUBSCRIBE from nothing         | A2 (0001 00)                       | 0x82 | v5
          UNSUBSCRIBE from an empty filter | A2 (0001 00 '')                    | 0x81 | v5
          foreign property in UNSUBSCRIBE  | A2 (0001 (0B 01) $push)            | 0x81 | v5
          DISCONNECT with a flag           | E1 ()                              | 0x81 | both
          DISCONNECT too long for 3.1.1    | E0 (01)                            | 0x82 | both
          DISCONNECT of a server's code    | E0 (8B)                            | 0x82 | v5
          DISCONNECT of an unknown code    | E0 (01)                            | 0x82 | v5
          DISCONNECT with a server's word  | E0 (00 (1C 'a'))                   | 0x82 | v5
          DISCONNECT with two expiries     | E0 (00 (11 00000000 11 00000000))  | 0x82 | v5
          session expiry raised from 0     | E0 (00 (11 00000001))              | 0x82 | v5
          DISCONNECT with bytes behind     | E0 (00 () 00)                      | 0x81 | v5
          AUTH                             | F0 ()                              | 0x82 | both
          AUTH with a flag                 | F1 ()                              | 0x81 | both
          AUTH with a foreign property     | F0 (18 (11 00000001))              | 0x81 | v5
          AUTH with a method               | F0 (18 (15 'x'))                   | 0x82 | v5
          """)
  void packet_thatIsNotMqtt_endsTheConnection(
      String what, String packet, String code, String versions) {
    try (var five = RawDevice.in(fixture, registeredDevice, true)) {
      five.send(text.bytes(packet));
      assertThat(five.read(RawDevice.DISCONNECT).at(0)).as(what).isEqualTo(Integer.decode(code));
      five.awaitClosed();
    }
    if (versions.equals("both")) {
      try (var three = RawDevice.in(fixture, registeredDevice, false)) {
        three.send(text.bytes(packet));
        assertThat(three.readToEnd()).as(what).isEmpty();
      }
    }
  }

  /// Lists the packets that MQTT 3.1.1 writes differently from MQTT 5.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SUBSCRIBE without its flag       | 80 (0001 $push 01)
          SUBSCRIBE with packet id 0       | 82 (0000 $push 01)
          SUBSCRIBE to nothing             | 82 (0001)
          empty filter                     | 82 (0001 '' 01)
          filter without QoS               | 82 (0001 $push)
          filter a#                        | 82 (0001 'a#' 01)
          filter with U+0000               | 82 (0001 0001 00 01)
          reserved option                  | 82 (0001 $push 05)
          SUBSCRIBE of QoS 3               | 82 (0001 $push 03)
          second filter empty              | 82 (0001 $push 01 '' 01)
          UNSUBSCRIBE without its flag     | A0 (0001 $push)
          UNSUBSCRIBE with packet id 0     | A2 (0000 $push)
          UNSUBSCRIBE from nothing         | A2 (0001)
          UNSUBSCRIBE from an empty filter | A2 (0001 '')
          UNSUBSCRIBE with a wrong length  | A2 (0001 0009 61)
          DISCONNECT with a body           | E0 (00)
          """)
  void packet_thatIsNotMqtt3_closesTheConnection(String what, String packet) {
    try (var three = RawDevice.in(fixture, registeredDevice, false)) {
      three.send(text.bytes(packet));

      assertThat(three.readToEnd()).as(what).isEmpty();
    }
  }

  /// Lists what the standards allow, with the first bytes of the answer.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ping                              | 5 | C0 ()                                 | D0 00
          ping of a long length             | 4 | C0 80 00                              | D0 00
          receipts, again                   | 5 | 3A ($receipt 0001 () 7B7D)            | 40 03 0001 99
          receipts with every property      | 5 | 32 ($receipt 0001 (01 01 02 00000001 03 'a' 08 'b' 09 'c' 26 'd' 'e' 26 'd' 'e') 7B7D) | 40 03 0001 99
          receipts with rare letters        | 5 | 32 ($receipt 0001 (26 'é' '𪛔') 7B7D)  | 40 03 0001 99
          acknowledgement of what was not   | 5 | 40 (0001 10 (1F 'a' 26 'b' 'c')) C0 00 | D0 00
          acknowledgement with its code     | 5 | 40 (0001 00) C0 00                    | D0 00
          subscribing                       | 5 | 82 (0001 (26 'a' 'b') $push 2D)       | 90 04 0001 00 01
          subscribing with an id            | 5 | 82 (0001 (0B FFFFFF7F) $push 01)      | 90 04 0001 00 A1
          two filters                       | 5 | 82 (0001 () $push 01 'a/+/b' 02)      | 90 05 0001 00 01 A2
          filters of levels of nothing      | 5 | 82 (0001 () '/' 01 '//+' 00 '#' 00)   | 90 06 0001 00 87 A2 A2
          shared                            | 5 | 82 (0001 () '$share/a/b' 01)          | 90 04 0001 00 9E
          what is shared in MQTT 5 only     | 4 | 82 (0001 '$share//a' 01)              | 90 03 0001 80
          subscribing in MQTT 3.1.1         | 4 | 82 (0001 $push 02)                    | 90 03 0001 01
          unsubscribing                     | 5 | A2 (0001 (26 'a' 'b') 'x')            | B0 04 0001 00 11
          unsubscribing in MQTT 3.1.1       | 4 | A2 (0001 'x')                         | B0 02 0001
          """)
  void packet_thatIsMqtt_isAnswered(String what, int level, String packet, String answer) {
    try (var device = RawDevice.in(fixture, registeredDevice, level == 5)) {
      device.send(text.bytes(packet));

      byte[] expected = RawDevice.hex(answer.replace(" ", ""));
      assertThat(device.readBytes(expected.length)).as(what).isEqualTo(expected);
    }
  }

  /// A packet may come in as many pieces as it has bytes.
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void packets_thatComeByteByByte_areRead(boolean v5) {
    try (var device = new RawDevice(fixture)) {
      String connect = v5 ? "'MQTT' 05 C2 003C () " : "'MQTT' 04 C2 003C ";
      byte[] bytes = text.bytes("10 (" + connect + "$id $app $secret) C0 00");
      for (byte one : bytes) {
        device.send(new byte[] {one});
      }

      assertThat(device.read(RawDevice.CONNACK).at(1)).isZero();
      device.read(RawDevice.PINGRESP);
    }
  }

  /// A session expiry that was above 0 may be changed, and DISCONNECT is no fault.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          E0 (00 (11 00000005 1F 'a' 26 'b' 'c'))
          E0 (04)
          E0 (82 ())
          E0 ()
          """)
  void disconnect_isTaken(String packet) {
    try (var device = RawDevice.in(fixture, registeredDevice, true, 60, "1100000001")) {
      device.send(text.bytes(packet));

      assertThat(device.readToEnd()).isEmpty();
    }
  }

  /// A CONNECT that is too large is answered as far as its version is there.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          10 80808002 'MQTT' 05 | 20 03 00 95 00
          10 80808002 'MQTT' 04 | 20 02 00 05
          """)
  void connect_thatIsTooLarge_isRefusedAsTooLarge(String begin, String answer) {
    try (var device = new RawDevice(fixture)) {
      device.send(text.bytes(begin));

      assertThat(device.readToEnd()).isEqualTo(RawDevice.hex(answer.replace(" ", "")));
    }
  }
}
