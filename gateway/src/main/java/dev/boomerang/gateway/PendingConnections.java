// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import java.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Knows the connections that have sent no CONNECT yet, by address. An address has at most so many:
/// for one more the oldest has to go. So somebody who opens connections and says nothing shuts out
/// nobody, not even behind the same address, who logs in without delay.
final class PendingConnections {
  private final int mostPerAddress;
  private final Map<Object, SequencedSet<Connection>> byAddress = new HashMap<>();

  /// `mostPerAddress` 0 is no limit.
  PendingConnections(int mostPerAddress) {
    this.mostPerAddress = mostPerAddress;
  }

  /// Adds a connection and returns the one that has to go for it, if any.
  Optional<Connection> add(SocketAddress remote, Connection connection) {
    Optional<Object> key = AddressKey.of(remote);
    return mostPerAddress == 0 || key.isEmpty() ? Optional.empty() : add(key.get(), connection);
  }

  private synchronized Optional<Connection> add(Object key, Connection connection) {
    SequencedSet<Connection> pending = byAddress.computeIfAbsent(key, _ -> new LinkedHashSet<>());
    pending.add(connection);
    return pending.size() > mostPerAddress ? Optional.of(pending.removeFirst()) : Optional.empty();
  }

  synchronized int size() {
    return byAddress.values().stream().mapToInt(SequencedSet::size).sum();
  }

  /// Forgets a connection: it has sent its CONNECT, or is over. Another time changes nothing.
  void remove(SocketAddress remote, Connection connection) {
    if (mostPerAddress > 0) {
      AddressKey.of(remote).ifPresent(key -> remove(key, connection));
    }
  }

  private synchronized void remove(Object key, Connection connection) {
    Optional<SequencedSet<Connection>> pending = Optional.ofNullable(byAddress.get(key));
    if (pending.isPresent() && pending.get().remove(connection) && pending.get().isEmpty()) {
      byAddress.remove(key);
    }
  }
}
