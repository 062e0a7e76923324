// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import dev.boomerang.gateway.session.ReasonCode;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;

/// Thrown for a packet that is not valid MQTT, with the reason code that its sender gets.
public final class InvalidPacketException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ReasonCode reasonCode;

  private InvalidPacketException(ReasonCode reasonCode) {
    super(reasonCode.label(), null, false, false);
    this.reasonCode = reasonCode;
  }

  static InvalidPacketException of(ReasonCode reasonCode) {
    return new InvalidPacketException(reasonCode);
  }

  /// Returns the exception for a packet that cannot be read as the standard says.
  static InvalidPacketException malformed() {
    return new InvalidPacketException(ReasonCode.MALFORMED);
  }

  /// Returns the exception for a packet that can be read, and says what the standard does not
  /// allow.
  static InvalidPacketException protocolError() {
    return new InvalidPacketException(ReasonCode.PROTOCOL_ERROR);
  }

  /// Returns the reason code for what the decoder could not read.
  public static ReasonCode reasonOf(Throwable decoderFailure) {
    return switch (decoderFailure) {
      case InvalidPacketException invalid -> invalid.reasonCode();
      case TooLongFrameException _ -> ReasonCode.TOO_LARGE;
      case MqttIdentifierRejectedException _ -> ReasonCode.CLIENT_ID;
      case Throwable _ -> ReasonCode.MALFORMED;
    };
  }

  public ReasonCode reasonCode() {
    return reasonCode;
  }
}
