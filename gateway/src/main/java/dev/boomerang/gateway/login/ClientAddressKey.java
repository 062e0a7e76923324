// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Returns what counts as one address: an IPv4 address, or the /64 of an IPv6 address, which is
/// what one subscriber has.
public final class ClientAddressKey {
  private static final int SUBSCRIBER_BYTES = 8;

  private ClientAddressKey() {}

  /// Returns a key to compare and hash by. Empty for a connection without an IP address, such as
  /// one in memory.
  public static Optional<Object> of(SocketAddress remote) {
    return remote instanceof InetSocketAddress socket && socket.getAddress() != null
        ? Optional.of(of(socket.getAddress()))
        : Optional.empty();
  }

  private static Object of(InetAddress address) {
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(Arrays.copyOf(address.getAddress(), SUBSCRIBER_BYTES))
        : address;
  }
}
