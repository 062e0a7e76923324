// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.login;

import dev.boomerang.gateway.connection.MqttConnection;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Knows the connections that have sent no CONNECT yet, by address. An address has at most so many:
/// for one more the oldest has to go. So somebody who opens connections and says nothing shuts out
/// nobody, not even behind the same address, who logs in without delay.
public final class PendingConnections {
  private final int mostPerAddress;
  private final Map<Object, SequencedSet<MqttConnection>> byAddress = new HashMap<>();

  /// `mostPerAddress` 0 is no limit.
  public PendingConnections(int mostPerAddress) {
    this.mostPerAddress = mostPerAddress;
  }

  /// Adds a connection and returns the one that has to go for it, if any.
  public Optional<MqttConnection> add(SocketAddress remote, MqttConnection mqttConnection) {
    Optional<Object> key = AddressKey.of(remote);
    return mostPerAddress == 0 || key.isEmpty() ? Optional.empty() : add(key.get(), mqttConnection);
  }

  private synchronized Optional<MqttConnection> add(Object key, MqttConnection mqttConnection) {
    SequencedSet<MqttConnection> pending =
        byAddress.computeIfAbsent(key, _ -> new LinkedHashSet<>());
    pending.add(mqttConnection);
    return pending.size() > mostPerAddress ? Optional.of(pending.removeFirst()) : Optional.empty();
  }

  public synchronized int size() {
    return byAddress.values().stream().mapToInt(SequencedSet::size).sum();
  }

  /// Forgets a connection: it has sent its CONNECT, or is over. Another time changes nothing.
  public void remove(SocketAddress remote, MqttConnection mqttConnection) {
    if (mostPerAddress > 0) {
      AddressKey.of(remote).ifPresent(key -> remove(key, mqttConnection));
    }
  }

  private synchronized void remove(Object key, MqttConnection mqttConnection) {
    Optional<SequencedSet<MqttConnection>> pending = Optional.ofNullable(byAddress.get(key));
    if (pending.isPresent() && pending.get().remove(mqttConnection) && pending.get().isEmpty()) {
      byAddress.remove(key);
    }
  }
}
