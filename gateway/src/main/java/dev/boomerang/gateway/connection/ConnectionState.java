// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.connection;

import dev.boomerang.gateway.session.ReasonCode;
import io.netty.handler.codec.mqtt.MqttMessage;

/// How far a connection has come, and so what a packet means to it: [AwaitingConnect] before its
/// CONNECT, [Authenticating] while the store is asked, [Connected] once it is in, [Closed] when
/// nothing counts any more.
sealed interface ConnectionState
    permits AwaitingConnect, Authenticating, Connected, ConnectionState.Closed {

  /// A packet came, perhaps one that could not be read. The caller releases it afterwards.
  void onPacket(MqttMessage packet);

  /// There is room again for what waits to be written.
  void onWritable();

  /// The connection ends for this reason: say so if this stage can.
  void sendDisconnect(ReasonCode reasonCode);

  /// The connection has left this stage for good.
  void onClosed(ReasonCode reasonCode);

  enum Closed implements ConnectionState {
    CLOSED;

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
