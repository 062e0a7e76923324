// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.login;

import java.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Keeps the connections that have sent no CONNECT yet, by address. An address has at most so many:
/// one more evicts the oldest. So a client that opens connections and sends nothing shuts out
/// nobody, not even behind the same address, who logs in without delay.
public final class PendingConnections {
  /// A connection that has sent no CONNECT yet.
  public interface Pending {
    /// Closes the connection unless it has sent its CONNECT meanwhile. From any thread.
    void evict();
  }

  private final int maxPerAddress;
  private final Map<Object, SequencedSet<Pending>> byAddress = new HashMap<>();

  /// Keeps at most `maxPerAddress` connections of an address; 0 is no limit.
  public PendingConnections(int maxPerAddress) {
    this.maxPerAddress = maxPerAddress;
  }

  /// Adds a connection and returns the one to evict for it, if any.
  public Optional<Pending> add(SocketAddress remote, Pending connection) {
    Optional<Object> key = ClientAddressKey.of(remote);
    return maxPerAddress == 0 || key.isEmpty() ? Optional.empty() : add(key.get(), connection);
  }

  private synchronized Optional<Pending> add(Object key, Pending connection) {
    SequencedSet<Pending> pending = byAddress.computeIfAbsent(key, _ -> new LinkedHashSet<>());
    pending.add(connection);
    return pending.size() > maxPerAddress ? Optional.of(pending.removeFirst()) : Optional.empty();
  }

  public synchronized int size() {
    return byAddress.values().stream().mapToInt(SequencedSet::size).sum();
  }

  /// Removes a connection that has sent its CONNECT or is closed. Calling it again changes nothing.
  public void remove(SocketAddress remote, Pending connection) {
    if (maxPerAddress > 0) {
      ClientAddressKey.of(remote).ifPresent(key -> remove(key, connection));
    }
  }

  private synchronized void remove(Object key, Pending connection) {
    Optional<SequencedSet<Pending>> pending = Optional.ofNullable(byAddress.get(key));
    if (pending.isPresent() && pending.get().remove(connection) && pending.get().isEmpty()) {
      byAddress.remove(key);
    }
  }
}
