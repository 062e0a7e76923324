// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import java.util.Locale;

/// Names the reasons to refuse or end something, each with its MQTT 5 reason code, and the MQTT
/// 3.1.1 return code where the answer is a CONNACK. `docs/device-protocol.md` lists each with its
/// remedy.
public enum ReasonCode {
  SUCCESS(0x00, 0),
  NO_SUBSCRIPTION(0x11, 0),
  MALFORMED(0x81, 5),
  PROTOCOL_ERROR(0x82, 5),
  /// A will, which is valid MQTT that this server does not accept.
  NOT_TAKEN(0x83, 5),
  VERSION(0x84, 1),
  CLIENT_ID(0x85, 2),
  CREDENTIALS(0x86, 4),
  NOT_AUTHORIZED(0x87, 5),
  UNAVAILABLE(0x88, 3),
  BUSY(0x89, 3),
  STOPPING(0x8B, 3),
  AUTH_METHOD(0x8C, 5),
  KEEP_ALIVE(0x8D, 5),
  TAKEN_OVER(0x8E, 5),
  TOPIC_NAME(0x90, 5),
  RECEIVE_MAXIMUM(0x93, 5),
  TOPIC_ALIAS(0x94, 5),
  TOO_LARGE(0x95, 5),
  QUOTA(0x97, 5),
  REGISTRATION_GONE(0x98, 5),
  PAYLOAD(0x99, 5),
  RETAIN(0x9A, 5),
  QOS(0x9B, 5),
  SHARED_SUBSCRIPTION(0x9E, 5),
  SUBSCRIPTION_ID(0xA1, 5),
  WILDCARD(0xA2, 5),
  /// No CONNECT came in time: nothing is sent.
  CONNECT_TIMEOUT(0x00, 0),
  /// No CONNECT has come, and the address has too many newer connections without one: nothing is
  /// sent.
  TOO_MANY_PENDING(0x00, 0),
  /// The device or the network closed the connection: nothing is sent.
  GONE(0x00, 0),
  /// The device sent DISCONNECT.
  LEFT(0x00, 0);

  private final int code;
  private final int returnCode;

  ReasonCode(int code, int returnCode) {
    this.code = code;
    this.returnCode = returnCode;
  }

  public int code() {
    return code;
  }

  /// Returns the return code for an MQTT 3.1.1 CONNACK.
  public int returnCode() {
    return returnCode;
  }

  /// Returns the name in metrics and logs.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
