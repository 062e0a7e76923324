// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Finds the network of a caller, which limits by address count.
public final class ClientNetwork {
  private static final int IPV6_PREFIX_BYTES = 8;

  private ClientNetwork() {}

  /// Returns an IPv4 address as it is, and of an IPv6 address its first 64 bits, which is what one
  /// subscriber has.
  public static String of(String remote) {
    try {
      InetAddress address = InetAddress.ofLiteral(remote);
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_PREFIX_BYTES))
          : remote;
    } catch (IllegalArgumentException _) {
      return remote;
    }
  }
}
