// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/// The few MQTT 3.1.1 packets the drivers write, as bytes. Source: OASIS "MQTT Version 3.1.1", §3.
public final class MqttPackets {
  public static final int CONNACK = 2;
  public static final int PUBLISH = 3;
  static final int PUBACK = 4;
  public static final int SUBACK = 9;

  private static final int KEEP_ALIVE_SECONDS = 3_600;

  private MqttPackets() {}

  /// Who a connection is and what it listens to.
  public record Identity(String clientId, String user, String password, String topic) {}

  /// Appends a CONNECT with user name, password and clean session, and a keep-alive longer than any
  /// run, so that devices need not ping. Returns `out`, as the others do.
  public static ByteBuf connect(ByteBuf out, Identity id) {
    int length = 10 + sized(id.clientId()) + sized(id.user()) + sized(id.password());
    length(out.writeByte(0x10), length);
    text(out, "MQTT").writeByte(4);
    out.writeByte(0xC2).writeShort(KEEP_ALIVE_SECONDS); // user name, password, clean session
    return text(text(text(out, id.clientId()), id.user()), id.password());
  }

  /// Appends a SUBSCRIBE to one topic at QoS 1, with packet id 1.
  public static ByteBuf subscribe(ByteBuf out, String topic) {
    length(out.writeByte(0x82), 2 + sized(topic) + 1).writeShort(1);
    return text(out, topic).writeByte(1);
  }

  /// Appends a PUBLISH at QoS 1, neither retained nor sent again.
  public static ByteBuf publish(ByteBuf out, String topic, int packetId, byte[] payload) {
    length(out.writeByte(0x32), sized(topic) + 2 + payload.length);
    return text(out, topic).writeShort(packetId).writeBytes(payload);
  }

  public static ByteBuf acknowledge(ByteBuf out, int packetId) {
    return out.writeByte(0x40).writeByte(2).writeShort(packetId);
  }

  private static int sized(String text) {
    return 2 + ByteBufUtil.utf8Bytes(text);
  }

  private static ByteBuf text(ByteBuf out, String text) {
    out.writeShort(ByteBufUtil.utf8Bytes(text)).writeCharSequence(text, UTF_8);
    return out;
  }

  /// Appends a variable byte integer: seven bits a byte, the lowest first (§2.2.3).
  private static ByteBuf length(ByteBuf out, int length) {
    int rest = length;
    while (rest > 0x7F) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return out.writeByte(rest);
  }
}
