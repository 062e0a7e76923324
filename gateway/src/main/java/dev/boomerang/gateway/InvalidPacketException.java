// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

/// Says that a packet is not MQTT, and with which reason code its sender is told.
final class InvalidPacketException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  private InvalidPacketException(Reason reason) {
    super(reason.label(), null, false, false);
    this.reason = reason;
  }

  static InvalidPacketException of(Reason reason) {
    return new InvalidPacketException(reason);
  }

  /// A packet that cannot be read as the standard says.
  static InvalidPacketException malformed() {
    return new InvalidPacketException(Reason.MALFORMED);
  }

  /// A packet that can be read, and says what the standard does not allow.
  static InvalidPacketException protocolError() {
    return new InvalidPacketException(Reason.PROTOCOL_ERROR);
  }

  Reason reason() {
    return reason;
  }
}
