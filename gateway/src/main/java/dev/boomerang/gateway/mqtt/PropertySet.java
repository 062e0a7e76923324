// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

/// Holds the properties of one packet, read and checked. `present` has the bit of each;
/// `sessionExpiry` is 0 if it is not among them.
record PropertySet(long present, long sessionExpiry) {

  /// Reads the properties of a packet, their length first.
  static PropertySet read(PacketReader packet, Property.Place place) {
    int length = packet.variableInteger();
    PacketReader in = packet.part(length);
    long present = 0;
    long sessionExpiry = 0;
    while (in.hasMore()) {
      Property property =
          Property.of(in.variableInteger()).orElseThrow(InvalidPacketException::malformed);
      long value = property.read(in);
      property.checkPlace(place);
      if ((present & property.bit()) != 0 && !property.mayRepeat()) {
        throw InvalidPacketException.protocolError();
      }
      present |= property.bit();
      if (property == Property.SESSION_EXPIRY) {
        sessionExpiry = value;
      }
    }
    return new PropertySet(present, sessionExpiry);
  }

  boolean has(Property property) {
    return (present & property.bit()) != 0;
  }
}
