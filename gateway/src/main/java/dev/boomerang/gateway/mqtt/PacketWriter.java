// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.boomerang.gateway.session.ReasonCode;
import dev.boomerang.model.registration.RegistrationId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/// Writes the MQTT packets that the server sends. `v5` selects MQTT 5, else 3.1.1. Source: OASIS
/// "MQTT Version 5.0" and "MQTT Version 3.1.1", section 3.
public final class PacketWriter {

  /// Holds what a CONNACK says to an MQTT 5 device.
  public record ConnAckProperties(
      int receiveMaximum, int maxPacketBytes, int serverKeepAlive, boolean withoutSession) {}

  /// Leaves out the server keep-alive: the device's own applies.
  public static final int OWN_KEEP_ALIVE = 0;

  /// The length of a packet takes one to four bytes.
  public static final int MAX_LENGTH_BYTES = 4;

  private static final int PUSH_TOPIC_BYTES = Topics.PUSH.length() + RegistrationId.LENGTH;

  private static final int CONNACK = 0x20;
  private static final int PUBLISH_QOS_1 = 0x32;
  private static final int PUBACK = 0x40;
  private static final int SUBACK = 0x90;
  private static final int UNSUBACK = 0xB0;
  private static final int PINGRESP = 0xD0;
  private static final int DISCONNECT = 0xE0;

  private static final int SESSION_EXPIRY = 0x11;
  private static final int SERVER_KEEP_ALIVE = 0x13;
  private static final int RECEIVE_MAXIMUM = 0x21;
  private static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  private static final int MAXIMUM_QOS = 0x24;
  private static final int RETAIN_AVAILABLE = 0x25;
  private static final int MAXIMUM_PACKET_SIZE = 0x27;
  private static final int WILDCARD_AVAILABLE = 0x28;
  private static final int SUBSCRIPTION_IDS_AVAILABLE = 0x29;
  private static final int SHARED_AVAILABLE = 0x2A;

  private PacketWriter() {}

  /// Writes a CONNACK of success. Session present is always 0: no MQTT session outlives a
  /// connection. The mailbox does, and it is read anew on each SUBSCRIBE.
  public static ByteBuf connAck(
      ByteBufAllocator alloc, boolean v5, ConnAckProperties connAckProperties) {
    if (!v5) {
      return alloc.buffer(4).writeByte(CONNACK).writeByte(2).writeShort(0);
    }
    ByteBuf buf = alloc.buffer(48).writeByte(CONNACK).writeByte(0).writeShort(0).writeByte(0);
    int properties = buf.writerIndex();
    if (connAckProperties.withoutSession()) {
      buf.writeByte(SESSION_EXPIRY).writeInt(0);
    }
    if (connAckProperties.serverKeepAlive() != OWN_KEEP_ALIVE) {
      buf.writeByte(SERVER_KEEP_ALIVE).writeShort(connAckProperties.serverKeepAlive());
    }
    buf.writeByte(RECEIVE_MAXIMUM).writeShort(connAckProperties.receiveMaximum());
    buf.writeByte(TOPIC_ALIAS_MAXIMUM).writeShort(0);
    buf.writeByte(MAXIMUM_QOS).writeByte(1);
    buf.writeByte(RETAIN_AVAILABLE).writeByte(0);
    buf.writeByte(MAXIMUM_PACKET_SIZE).writeInt(connAckProperties.maxPacketBytes());
    buf.writeByte(WILDCARD_AVAILABLE).writeByte(0);
    buf.writeByte(SUBSCRIPTION_IDS_AVAILABLE).writeByte(0);
    buf.writeByte(SHARED_AVAILABLE).writeByte(0);
    int length = buf.writerIndex() - properties;
    buf.setByte(properties - 1, length);
    buf.setByte(1, length + 3);
    return buf;
  }

  public static ByteBuf connAckRefused(ByteBufAllocator alloc, boolean v5, ReasonCode reasonCode) {
    ByteBuf buf = alloc.buffer(5).writeByte(CONNACK).writeByte(v5 ? 3 : 2).writeByte(0);
    return v5
        ? buf.writeByte(reasonCode.code()).writeByte(0)
        : buf.writeByte(reasonCode.returnCode());
  }

  /// Writes a PUBLISH of QoS 1 to the device's push topic, up to where its payload of
  /// `payloadBytes` follows.
  public static ByteBuf publish(
      ByteBufAllocator alloc,
      boolean v5,
      int packetId,
      RegistrationId registration,
      int payloadBytes) {
    int length = publishLength(v5, payloadBytes);
    ByteBuf buf = alloc.buffer(1 + MAX_LENGTH_BYTES + length).writeByte(PUBLISH_QOS_1);
    writeLength(buf, length).writeShort(PUSH_TOPIC_BYTES);
    buf.writeCharSequence(Topics.PUSH, US_ASCII);
    buf.writeCharSequence(registration.value(), US_ASCII);
    buf.writeShort(packetId);
    return v5 ? buf.writeByte(0) : buf;
  }

  /// Returns the number of bytes of a whole PUBLISH packet.
  public static int publishBytes(boolean v5, int payloadBytes) {
    int length = publishLength(v5, payloadBytes);
    return 1 + lengthBytes(length) + length;
  }

  private static int publishLength(boolean v5, int payloadBytes) {
    return 2 + PUSH_TOPIC_BYTES + 2 + (v5 ? 1 : 0) + payloadBytes;
  }

  public static ByteBuf pubAck(
      ByteBufAllocator alloc, boolean v5, int packetId, ReasonCode reasonCode) {
    boolean tells = v5 && reasonCode != ReasonCode.SUCCESS;
    ByteBuf buf = alloc.buffer(5).writeByte(PUBACK).writeByte(tells ? 3 : 2).writeShort(packetId);
    return tells ? buf.writeByte(reasonCode.code()) : buf;
  }

  /// Writes a SUBACK with one code for each filter, in order. MQTT 3.1.1 has one code for every
  /// refusal.
  public static ByteBuf subAck(
      ByteBufAllocator alloc, boolean v5, int packetId, List<ReasonCode> codes) {
    ByteBuf buf = alloc.buffer().writeByte(SUBACK);
    writeLength(buf, 2 + (v5 ? 1 : 0) + codes.size()).writeShort(packetId);
    if (v5) {
      buf.writeByte(0);
    }
    for (ReasonCode code : codes) {
      int granted = 1;
      buf.writeByte(code == ReasonCode.SUCCESS ? granted : v5 ? code.code() : 0x80);
    }
    return buf;
  }

  public static ByteBuf unsubAck(
      ByteBufAllocator alloc, boolean v5, int packetId, List<ReasonCode> codes) {
    ByteBuf buf = alloc.buffer().writeByte(UNSUBACK);
    writeLength(buf, v5 ? 3 + codes.size() : 2).writeShort(packetId);
    if (v5) {
      buf.writeByte(0);
      codes.forEach(code -> buf.writeByte(code.code()));
    }
    return buf;
  }

  public static ByteBuf pingResp(ByteBufAllocator alloc) {
    return alloc.buffer(2).writeByte(PINGRESP).writeByte(0);
  }

  /// Writes a DISCONNECT, for MQTT 5 only: a 3.1.1 server sends nothing before it closes.
  public static ByteBuf disconnect(ByteBufAllocator alloc, ReasonCode reasonCode) {
    return alloc.buffer(3).writeByte(DISCONNECT).writeByte(1).writeByte(reasonCode.code());
  }

  private static ByteBuf writeLength(ByteBuf buf, int length) {
    int rest = length;
    while (rest > 0x7F) {
      buf.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return buf.writeByte(rest);
  }

  private static int lengthBytes(int length) {
    int bytes = 1;
    for (int rest = length >>> 7; rest > 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }
}
