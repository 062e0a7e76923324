// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.connection;

import dev.boomerang.gateway.mqtt.ConnectRequest;
import dev.boomerang.gateway.mqtt.InvalidPacketException;
import dev.boomerang.gateway.mqtt.PacketWriter;
import dev.boomerang.gateway.session.ReasonCode;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;

/// Waits for the CONNECT, the only packet that a new connection may send.
public record AwaitingConnect(MqttConnection connection) implements ConnectionState {
  @Override
  public void onPacket(MqttMessage packet) {
    if (packet.decoderResult().isFailure()) {
      refuse(packet);
    } else if (packet instanceof MqttConnectMessage connect) {
      onConnect(connect);
    } else {
      refuse(ReasonCode.PROTOCOL_ERROR);
    }
  }

  private void onConnect(MqttConnectMessage connect) {
    boolean v5 = ConnectRequest.isV5(connect.variableHeader());
    switch (ConnectRequest.parse(connect)) {
      case ConnectRequest.Refused(ReasonCode reasonCode) -> refuse(v5, reasonCode);
      case ConnectRequest.Valid valid ->
          Authenticating.start(connection, connect.variableHeader(), valid);
    }
  }

  /// Refuses a packet that cannot be read. It is answered if the version became known.
  private void refuse(MqttMessage unreadable) {
    Throwable cause = unreadable.decoderResult().cause();
    if (cause instanceof MqttUnacceptableProtocolVersionException) {
      refuse(false, ReasonCode.VERSION);
    } else if (unreadable.variableHeader() instanceof MqttConnectVariableHeader header) {
      refuse(ConnectRequest.isV5(header), InvalidPacketException.reasonOf(cause));
    } else {
      refuse(InvalidPacketException.reasonOf(cause));
    }
  }

  /// Refuses a CONNECT. MQTT 3.1.1 has no return code for what is not MQTT: such a connection is
  /// closed without one.
  private void refuse(boolean v5, ReasonCode reasonCode) {
    if (v5 || (reasonCode != ReasonCode.MALFORMED && reasonCode != ReasonCode.PROTOCOL_ERROR)) {
      connection.write(PacketWriter.connAckRefused(connection.channel().alloc(), v5, reasonCode));
    }
    refuse(reasonCode);
  }

  private void refuse(ReasonCode reasonCode) {
    connection.disconnect(reasonCode);
  }

  @Override
  public Step step() {
    return Step.AWAITING_CONNECT;
  }

  @Override
  public void onWritable() {}

  @Override
  public void sendDisconnect(ReasonCode reasonCode) {}

  @Override
  public void onClosed(ReasonCode reasonCode) {
    connection.context().sessions().listener().refused(reasonCode.label());
  }
}
