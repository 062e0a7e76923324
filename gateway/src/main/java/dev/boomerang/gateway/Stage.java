// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import io.netty.handler.codec.mqtt.MqttMessage;

/// How far a connection has come, and so what a packet means to it: [Stranger] before its CONNECT,
/// [Waiting] while the store is asked, [Guest] once it is in, [Over] when nothing counts any more.
sealed interface Stage permits Stranger, Waiting, Guest, Stage.Over {

  /// A packet came, perhaps one that could not be read. The caller releases it afterwards.
  void take(MqttMessage packet);

  /// There is room again for what waits to be written.
  void writable();

  /// The connection ends for this reason: say so if this stage can.
  void sayGoodbye(Reason reason);

  /// The connection has left this stage for good.
  void over(Reason reason);

  enum Over implements Stage {
    OVER;

    @Override
    public void take(MqttMessage packet) {}

    @Override
    public void writable() {}

    @Override
    public void sayGoodbye(Reason reason) {}

    @Override
    public void over(Reason reason) {}
  }
}
