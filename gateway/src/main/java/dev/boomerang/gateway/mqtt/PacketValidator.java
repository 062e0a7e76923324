// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import dev.boomerang.gateway.mqtt.Property.Place;
import io.netty.handler.codec.mqtt.MqttMessageType;
import java.util.Set;

/// Checks every packet that a client may send after its CONNECT, as strictly as the standards let a
/// server be. What this server does not offer though it is valid MQTT is not decided here. Source:
/// "MQTT Version 5.0" and "MQTT Version 3.1.1", sections 2 and 3. The checks throw
/// [InvalidPacketException].
final class PacketValidator {
  private static final int MAX_QOS = 2;
  private static final int NO_LOCAL = 0x04;

  private static final Set<Integer> ACK_CODES =
      Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
  private static final Set<Integer> RELEASE_CODES = Set.of(0x00, 0x92);
  private static final Set<Integer> DISCONNECT_CODES =
      Set.of(0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);
  private static final Set<Integer> AUTH_CODES = Set.of(0x00, 0x18, 0x19);

  private final boolean v5;
  private final boolean hasSession;

  /// Makes a validator for one connection. `hasSession`: the CONNECT stated a session expiry above
  /// 0.
  PacketValidator(boolean v5, boolean hasSession) {
    this.v5 = v5;
    this.hasSession = hasSession;
  }

  boolean isV5() {
    return v5;
  }

  /// Checks a packet by its first byte and what follows its length.
  void check(int first, PacketReader in) {
    MqttMessageType type = type(first);
    int flags = first & 0x0F;
    checkFlags(type, flags);
    switch (type) {
      case PUBLISH -> publish(flags, in);
      case PUBACK, PUBREC -> acknowledgement(in, ACK_CODES);
      case PUBREL, PUBCOMP -> acknowledgement(in, RELEASE_CODES);
      case SUBSCRIBE -> subscribe(in);
      case UNSUBSCRIBE -> unsubscribe(in);
      case DISCONNECT -> disconnect(in);
      case AUTH -> auth(in);
      case PINGREQ -> {}
      case CONNECT, CONNACK, SUBACK, UNSUBACK, PINGRESP ->
          throw InvalidPacketException.protocolError();
    }
    in.finish();
  }

  private static MqttMessageType type(int first) {
    int type = first >> 4;
    if (type == 0) {
      throw InvalidPacketException.malformed();
    }
    return MqttMessageType.valueOf(type);
  }

  private static void checkFlags(MqttMessageType type, int flags) {
    boolean right =
        switch (type) {
          case PUBLISH -> qos(flags) <= MAX_QOS && (qos(flags) > 0 || (flags & 0x08) == 0);
          case PUBREL, SUBSCRIBE, UNSUBSCRIBE -> flags == 0x02;
          case CONNECT,
              CONNACK,
              PUBACK,
              PUBREC,
              PUBCOMP,
              SUBACK,
              UNSUBACK,
              PINGREQ,
              PINGRESP,
              DISCONNECT,
              AUTH ->
              flags == 0;
        };
    if (!right) {
      throw InvalidPacketException.malformed();
    }
  }

  private static int qos(int flags) {
    return (flags >> 1) & 0x03;
  }

  private void publish(int flags, PacketReader in) {
    boolean isNamed = in.topicName() > 0;
    if (qos(flags) > 0) {
      in.packetId();
    }
    boolean isAlias = v5 && PropertySet.read(in, Place.PUBLISH).has(Property.TOPIC_ALIAS);
    if (!isNamed && !isAlias) {
      throw InvalidPacketException.protocolError();
    }
    in.skipRest();
  }

  /// Checks an acknowledgement. In MQTT 5 the properties may be left out, and the reason code with
  /// them.
  private void acknowledgement(PacketReader in, Set<Integer> codes) {
    in.packetId();
    if (v5 && in.hasMore()) {
      reason(in, codes, Place.ACKNOWLEDGEMENT);
    }
  }

  private static PropertySet reason(PacketReader in, Set<Integer> codes, Place place) {
    int code = in.oneByte();
    PropertySet properties = in.hasMore() ? PropertySet.read(in, place) : new PropertySet(0, 0);
    if (!codes.contains(code)) {
      throw InvalidPacketException.protocolError();
    }
    return properties;
  }

  private void subscribe(PacketReader in) {
    in.packetId();
    if (v5) {
      PropertySet.read(in, Place.SUBSCRIBE);
    }
    checkNotEmpty(in);
    while (in.hasMore()) {
      String filter = in.string();
      FilterValidator.check(filter, v5);
      int options = in.oneByte();
      int reserved = v5 ? 0xC0 : 0xFC;
      if ((options & reserved) != 0) {
        throw InvalidPacketException.malformed();
      }
      boolean badRetainHandling = (options & 0x30) == 0x30;
      boolean badNoLocal = (options & NO_LOCAL) != 0 && FilterValidator.isShared(filter);
      if ((options & 0x03) > MAX_QOS || badRetainHandling || badNoLocal) {
        throw InvalidPacketException.protocolError();
      }
    }
  }

  private void unsubscribe(PacketReader in) {
    in.packetId();
    if (v5) {
      PropertySet.read(in, Place.UNSUBSCRIBE);
    }
    checkNotEmpty(in);
    while (in.hasMore()) {
      FilterValidator.check(in.string(), v5);
    }
  }

  private static void checkNotEmpty(PacketReader in) {
    if (!in.hasMore()) {
      throw InvalidPacketException.protocolError();
    }
  }

  private void disconnect(PacketReader in) {
    if (v5 && in.hasMore()) {
      PropertySet properties = reason(in, DISCONNECT_CODES, Place.DISCONNECT);
      if (properties.sessionExpiry() > 0 && !hasSession) {
        throw InvalidPacketException.protocolError();
      }
    }
  }

  /// Refuses AUTH, since no CONNECT with extended authentication is accepted. A malformed one gets
  /// its own reason code.
  private void auth(PacketReader in) {
    if (!v5) {
      throw InvalidPacketException.malformed();
    }
    if (in.hasMore()) {
      reason(in, AUTH_CODES, Place.AUTH);
    }
    in.finish();
    throw InvalidPacketException.protocolError();
  }
}
