// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import dev.boomerang.gateway.mqtt.Property.Place;
import dev.boomerang.gateway.session.ReasonCode;

/// Checks a CONNECT. Source: "MQTT Version 5.0" and "MQTT Version 3.1.1", section 3.1.
final class ConnectValidator {
  private static final int V5 = 5;
  private static final int V3_1_1 = 4;
  private static final int V3_1 = 3;

  private static final int RESERVED = 0x01;
  private static final int WILL = 0x04;
  private static final int WILL_QOS = 0x18;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;
  private static final int USER_NAME = 0x80;

  private ConnectValidator() {}

  /// Reads the protocol's name and returns its level: 3, 4 or 5. Another name is malformed, another
  /// level a [ReasonCode#VERSION].
  static int level(PacketReader in) {
    String name = in.string();
    int level = in.oneByte();
    boolean isMqtt = name.equals("MQTT");
    if (!isMqtt && !name.equals("MQIsdp")) {
      throw InvalidPacketException.malformed();
    }
    if (isMqtt ? level != V5 && level != V3_1_1 : level != V3_1) {
      throw InvalidPacketException.of(ReasonCode.VERSION);
    }
    return level;
  }

  /// Reads what follows the level, to the end. Returns the session expiry, 0 before MQTT 5.
  static long check(PacketReader in, int level) {
    boolean v5 = level == V5;
    int flags = in.oneByte();
    checkFlags(flags, level);
    in.twoBytes(); // keep-alive
    PropertySet properties = v5 ? PropertySet.read(in, Place.CONNECT) : new PropertySet(0, 0);
    if (properties.has(Property.AUTHENTICATION_DATA)
        && !properties.has(Property.AUTHENTICATION_METHOD)) {
      throw InvalidPacketException.protocolError();
    }
    in.text(); // client id
    if ((flags & WILL) != 0) {
      will(in, v5);
    }
    if ((flags & USER_NAME) != 0) {
      in.text();
    }
    if ((flags & PASSWORD) != 0) {
      in.binary();
    }
    in.finish();
    return properties.sessionExpiry();
  }

  /// Checks the flags. MQTT 3.1 does not say that its unused bit is 0, and only MQTT 5 allows a
  /// password without a user name.
  private static void checkFlags(int flags, int level) {
    boolean hasWill = (flags & WILL) != 0;
    boolean badReserved = (flags & RESERVED) != 0 && level != V3_1;
    boolean badWill =
        hasWill ? (flags & WILL_QOS) == WILL_QOS : (flags & (WILL_QOS | WILL_RETAIN)) != 0;
    boolean badPassword = level != V5 && (flags & USER_NAME) == 0 && (flags & PASSWORD) != 0;
    if (badReserved || badWill || badPassword) {
      throw InvalidPacketException.malformed();
    }
  }

  private static void will(PacketReader in, boolean v5) {
    if (v5) {
      PropertySet.read(in, Place.WILL);
    }
    if (in.topicName() == 0) {
      throw InvalidPacketException.malformed();
    }
    in.binary();
  }
}
