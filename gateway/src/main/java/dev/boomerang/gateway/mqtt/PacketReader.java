// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/// Reads the data types of MQTT from a stretch of a buffer and finds what is wrong with them.
/// Source: "MQTT Version 5.0", section 1.5. Moves no index of the buffer. Every method throws
/// [InvalidPacketException] for what is malformed.
final class PacketReader {
  private final ByteBuf bytes;
  private final int end;
  private int at;

  /// Reads from index `begin` up to index `end`.
  PacketReader(ByteBuf bytes, int begin, int end) {
    this.bytes = bytes;
    this.at = begin;
    this.end = end;
  }

  boolean hasMore() {
    return at < end;
  }

  /// Throws if bytes are left at the end of the packet.
  void finish() {
    if (hasMore()) {
      throw InvalidPacketException.malformed();
    }
  }

  void skipRest() {
    at = end;
  }

  int oneByte() {
    return bytes.getUnsignedByte(skip(1));
  }

  int twoBytes() {
    return bytes.getUnsignedShort(skip(2));
  }

  long fourBytes() {
    return bytes.getUnsignedInt(skip(4));
  }

  /// Reads a packet id, which is never 0.
  void packetId() {
    if (twoBytes() == 0) {
      throw InvalidPacketException.malformed();
    }
  }

  /// Reads a variable byte integer in its shortest form.
  int variableInteger() {
    int value = 0;
    for (int shift = 0; shift <= 21; shift += 7) {
      int digit = oneByte();
      value |= (digit & 0x7F) << shift;
      if ((digit & 0x80) == 0) {
        if (digit == 0 && shift > 0) {
          throw InvalidPacketException.malformed();
        }
        return value;
      }
    }
    throw InvalidPacketException.malformed();
  }

  void binary() {
    int length = twoBytes();
    skip(length);
  }

  /// Reads a text and returns how many bytes it has.
  int text() {
    int length = twoBytes();
    MqttText.check(bytes, skip(length), at);
    return length;
  }

  /// Reads a topic's name, which has no wildcards, and returns how many bytes it has.
  int topicName() {
    int length = text();
    int begin = at - length;
    if (bytes.indexOf(begin, at, (byte) '#') >= 0 || bytes.indexOf(begin, at, (byte) '+') >= 0) {
      throw InvalidPacketException.malformed();
    }
    return length;
  }

  /// Reads a text and returns it.
  String string() {
    int length = text();
    return bytes.toString(at - length, length, UTF_8);
  }

  /// Returns a reader of the next `length` bytes and goes on behind them.
  PacketReader part(int length) {
    int begin = skip(length);
    return new PacketReader(bytes, begin, at);
  }

  private int skip(int count) {
    int begin = at;
    if (count > end - begin) {
      throw InvalidPacketException.malformed();
    }
    at = begin + count;
    return begin;
  }
}
