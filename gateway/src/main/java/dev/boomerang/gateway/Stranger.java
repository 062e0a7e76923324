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
    boolean blocked = connection.gateway().throttle().blocks(connection.channel().remoteAddress());
    Greeting greeting = blocked ? new Greeting.Refused(Reason.RATE) : Greeting.of(connect);
    switch (greeting) {
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
    if (cause instanceof TooLongFrameException) {
      return Reason.TOO_LARGE;
    }
    return cause instanceof MqttIdentifierRejectedException ? Reason.CLIENT_ID : Reason.MALFORMED;
  }

  private void refuse(boolean v5, Reason reason) {
    connection.write(Packets.refusal(connection.channel().alloc(), v5, reason));
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
