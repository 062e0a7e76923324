// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;

/// A connection of which nothing is known yet. The one thing it may send is a CONNECT.
record Stranger(Connection connection) implements Stage {

  @Override
  public void take(MqttMessage packet) {
    if (packet.decoderResult().isFailure()) {
      refuse(packet);
    } else if (packet instanceof MqttConnectMessage connect) {
      greet(connect);
    } else {
      refuse(Reason.PROTOCOL_ERROR);
    }
  }

  private void greet(MqttConnectMessage connect) {
    boolean v5 = Greeting.isV5(connect.variableHeader());
    switch (Greeting.of(connect)) {
      case Greeting.Refused(Reason reason) -> refuse(v5, reason);
      case Greeting.Polite polite -> Waiting.ask(connection, connect.variableHeader(), polite);
    }
  }

  /// What cannot be read is answered only as far as the version became known.
  private void refuse(MqttMessage unreadable) {
    Throwable cause = unreadable.decoderResult().cause();
    if (cause instanceof MqttUnacceptableProtocolVersionException) {
      refuse(false, Reason.VERSION);
    } else if (unreadable.variableHeader() instanceof MqttConnectVariableHeader header) {
      refuse(Greeting.isV5(header), reason(cause));
    } else {
      refuse(reason(cause));
    }
  }

  static Reason reason(Throwable cause) {
    return switch (cause) {
      case InvalidPacketException invalid -> invalid.reason();
      case TooLongFrameException _ -> Reason.TOO_LARGE;
      case MqttIdentifierRejectedException _ -> Reason.CLIENT_ID;
      case Throwable _ -> Reason.MALFORMED;
    };
  }

  /// MQTT 3.1.1 has no return code for what is not MQTT: such a connection is closed without one.
  private void refuse(boolean v5, Reason reason) {
    if (v5 || (reason != Reason.MALFORMED && reason != Reason.PROTOCOL_ERROR)) {
      connection.write(Packets.refusal(connection.channel().alloc(), v5, reason));
    }
    refuse(reason);
  }

  private void refuse(Reason reason) {
    connection.end(reason);
  }

  @Override
  public void writable() {}

  @Override
  public void sayGoodbye(Reason reason) {}

  @Override
  public void over(Reason reason) {
    connection.gateway().shared().listener().refused(reason.label());
  }
}
