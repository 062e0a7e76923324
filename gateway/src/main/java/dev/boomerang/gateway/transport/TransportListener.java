// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.transport;

import dev.boomerang.gateway.session.ReasonCode;
import java.net.SocketAddress;
import java.util.List;

/// Learns what the first bytes of a connection tell, before there is any MQTT. Called on the event
/// loop.
public interface TransportListener {

  /// Takes the address of the client, which a trusted proxy stated by the PROXY protocol.
  void clientAddress(SocketAddress client);

  /// Takes the values of the `X-Forwarded-For` headers of a WebSocket upgrade. Anybody may have
  /// written them: the listener decides whether to believe them.
  void forwardedFor(List<String> hops);

  /// Closes the connection without an answer.
  void close(ReasonCode reasonCode);
}
