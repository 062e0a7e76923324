// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.connection;

import dev.boomerang.gateway.session.ReasonCode;
import io.netty.handler.codec.mqtt.MqttMessage;

/// Says what a packet means to a connection, by how far the connection has come. On the event loop
/// only.
public interface ConnectionState {

  /// The steps of a connection, in their order. Each has one class of state.
  enum Step {
    /// No CONNECT has come yet.
    AWAITING_CONNECT,
    /// The store is asked whether the credentials are right.
    AUTHENTICATING,
    /// The device is connected and has a session.
    CONNECTED,
    /// The connection is closed or about to be; packets are ignored.
    CLOSED
  }

  Step step();

  /// Handles a packet, which may be one that the decoder could not read. The caller releases it.
  void onPacket(MqttMessage packet);

  /// Goes on writing: the socket has room again.
  void onWritable();

  /// Sends the device the reason why its connection ends, if the protocol has a packet for it.
  void sendDisconnect(ReasonCode reasonCode);

  /// Releases what this state holds. The connection is closed and does not come back to it.
  void onClosed(ReasonCode reasonCode);

  /// The state of a closed connection.
  enum Closed implements ConnectionState {
    CLOSED;

    @Override
    public Step step() {
      return Step.CLOSED;
    }

    @Override
    public void onPacket(MqttMessage packet) {}

    @Override
    public void onWritable() {}

    @Override
    public void sendDisconnect(ReasonCode reasonCode) {}

    @Override
    public void onClosed(ReasonCode reasonCode) {}
  }
}
