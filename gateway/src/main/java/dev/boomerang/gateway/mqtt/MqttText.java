// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import io.netty.buffer.ByteBuf;

/// Checks texts as MQTT wants them: UTF-8 without surrogates and U+0000, which must not be there,
/// and without control characters and non-characters, which a server may refuse and this one does.
/// Source: "MQTT Version 5.0", section 1.5.4; 3.1.1 says the same in its section 1.5.3.
final class MqttText {
  private static final int[] SMALLEST = {0, 0x80, 0x800, 0x10000};

  private MqttText() {}

  /// Throws [InvalidPacketException] unless the bytes from `begin` up to `end` are such a text.
  static void check(ByteBuf bytes, int begin, int end) {
    int at = begin;
    while (at < end) {
      int first = bytes.getUnsignedByte(at);
      int more = continuations(first);
      int character = more == 0 ? first : first & (0x3F >> more);
      if (more >= end - at) {
        throw InvalidPacketException.malformed();
      }
      for (int i = 1; i <= more; i++) {
        int next = bytes.getUnsignedByte(at + i);
        if ((next & 0xC0) != 0x80) {
          throw InvalidPacketException.malformed();
        }
        character = (character << 6) | (next & 0x3F);
      }
      if (character < SMALLEST[more] || !isAllowed(character)) {
        throw InvalidPacketException.malformed();
      }
      at += 1 + more;
    }
  }

  /// Returns how many bytes follow the first one of a character.
  private static int continuations(int first) {
    if (first < 0x80) {
      return 0;
    }
    if (first < 0xC0 || first > 0xF7) {
      throw InvalidPacketException.malformed();
    }
    return first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  }

  private static boolean isAllowed(int character) {
    boolean isControl = character < 0x20 || (character >= 0x7F && character < 0xA0);
    boolean isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    boolean isNone = (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
    return character <= Character.MAX_CODE_POINT && !isControl && !isSurrogate && !isNone;
  }
}
