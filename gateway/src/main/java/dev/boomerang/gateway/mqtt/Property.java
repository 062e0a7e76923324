// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import java.util.Optional;
import java.util.stream.Stream;

/// Lists the properties of MQTT 5, with their types and the packets in which a client may send
/// them. Source: "MQTT Version 5.0", table 2-4.
enum Property {
  PAYLOAD_FORMAT(0x01, Type.FLAG, Place.PUBLISH, Place.WILL),
  MESSAGE_EXPIRY(0x02, Type.FOUR_BYTES, Place.PUBLISH, Place.WILL),
  CONTENT_TYPE(0x03, Type.TEXT, Place.PUBLISH, Place.WILL),
  RESPONSE_TOPIC(0x08, Type.TOPIC_NAME, Place.PUBLISH, Place.WILL),
  CORRELATION_DATA(0x09, Type.BINARY, Place.PUBLISH, Place.WILL),
  SUBSCRIPTION_ID(0x0B, Type.POSITIVE_VARIABLE_INTEGER, Place.SUBSCRIBE),
  SESSION_EXPIRY(0x11, Type.FOUR_BYTES, Place.CONNECT, Place.DISCONNECT),
  ASSIGNED_CLIENT_ID(0x12, Type.TEXT),
  SERVER_KEEP_ALIVE(0x13, Type.TWO_BYTES),
  AUTHENTICATION_METHOD(0x15, Type.TEXT, Place.CONNECT, Place.AUTH),
  AUTHENTICATION_DATA(0x16, Type.BINARY, Place.CONNECT, Place.AUTH),
  REQUEST_PROBLEM_INFORMATION(0x17, Type.FLAG, Place.CONNECT),
  WILL_DELAY(0x18, Type.FOUR_BYTES, Place.WILL),
  REQUEST_RESPONSE_INFORMATION(0x19, Type.FLAG, Place.CONNECT),
  RESPONSE_INFORMATION(0x1A, Type.TEXT),
  SERVER_REFERENCE(0x1C, Type.TEXT),
  REASON_STRING(0x1F, Type.TEXT, Place.ACKNOWLEDGEMENT, Place.DISCONNECT, Place.AUTH),
  RECEIVE_MAXIMUM(0x21, Type.POSITIVE_TWO_BYTES, Place.CONNECT),
  TOPIC_ALIAS_MAXIMUM(0x22, Type.TWO_BYTES, Place.CONNECT),
  TOPIC_ALIAS(0x23, Type.TWO_BYTES, Place.PUBLISH),
  MAXIMUM_QOS(0x24, Type.ONE_BYTE),
  RETAIN_AVAILABLE(0x25, Type.ONE_BYTE),
  USER_PROPERTY(0x26, Type.TEXT_PAIR, Place.values()),
  MAXIMUM_PACKET_SIZE(0x27, Type.POSITIVE_FOUR_BYTES, Place.CONNECT),
  WILDCARD_AVAILABLE(0x28, Type.ONE_BYTE),
  SUBSCRIPTION_IDS_AVAILABLE(0x29, Type.ONE_BYTE),
  SHARED_AVAILABLE(0x2A, Type.ONE_BYTE);

  /// Lists the packets that have properties; a will has its own.
  enum Place {
    CONNECT(1),
    WILL(2),
    PUBLISH(4),
    ACKNOWLEDGEMENT(8),
    SUBSCRIBE(16),
    UNSUBSCRIBE(32),
    DISCONNECT(64),
    AUTH(128);

    private final int bit;

    Place(int bit) {
      this.bit = bit;
    }
  }

  private enum Type {
    ONE_BYTE,
    /// A byte of 0 or 1.
    FLAG,
    TWO_BYTES,
    POSITIVE_TWO_BYTES,
    FOUR_BYTES,
    POSITIVE_FOUR_BYTES,
    POSITIVE_VARIABLE_INTEGER,
    TEXT,
    TEXT_PAIR,
    TOPIC_NAME,
    BINARY
  }

  private static final Property[] BY_ID = new Property[0x2B];

  static {
    for (Property property : values()) {
      BY_ID[property.id] = property;
    }
  }

  private final int id;
  private final Type type;

  /// The bits of the places.
  private final int places;

  Property(int id, Type type, Place... places) {
    this.id = id;
    this.type = type;
    this.places = Stream.of(places).mapToInt(place -> place.bit).reduce(0, (all, bit) -> all | bit);
  }

  static Optional<Property> of(int id) {
    return id < BY_ID.length ? Optional.ofNullable(BY_ID[id]) : Optional.empty();
  }

  /// Reads a value and returns it if it is a number, else 0.
  long read(PacketReader in) {
    return switch (type) {
      case ONE_BYTE -> in.oneByte();
      case FLAG -> atMostOne(in.oneByte());
      case TWO_BYTES -> in.twoBytes();
      case POSITIVE_TWO_BYTES -> positive(in.twoBytes());
      case FOUR_BYTES -> in.fourBytes();
      case POSITIVE_FOUR_BYTES -> positive(in.fourBytes());
      case POSITIVE_VARIABLE_INTEGER -> positive(in.variableInteger());
      case TEXT -> {
        in.text();
        yield 0;
      }
      case TEXT_PAIR -> {
        in.text();
        in.text();
        yield 0;
      }
      case TOPIC_NAME -> {
        in.topicName();
        yield 0;
      }
      case BINARY -> {
        in.binary();
        yield 0;
      }
    };
  }

  private static long atMostOne(long value) {
    if (value > 1) {
      throw InvalidPacketException.protocolError();
    }
    return value;
  }

  private static long positive(long value) {
    if (value == 0) {
      throw InvalidPacketException.protocolError();
    }
    return value;
  }

  /// Returns a bit that no other property has.
  long bit() {
    return 1L << id;
  }

  boolean mayRepeat() {
    return this == USER_PROPERTY;
  }

  /// Throws unless a client may send it there. What belongs to another packet makes this one
  /// malformed; what only a server may say in it is a protocol error.
  void checkPlace(Place place) {
    if ((places & place.bit) == 0) {
      boolean saysServer =
          (this == SUBSCRIPTION_ID && place == Place.PUBLISH)
              || (this == SERVER_REFERENCE && place == Place.DISCONNECT);
      throw saysServer
          ? InvalidPacketException.protocolError()
          : InvalidPacketException.malformed();
    }
  }
}
