// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Decides which addresses a caller may make this server call: only those known to be public.
///
/// Source: IANA's registries of special-purpose addresses, IPv4 and IPv6.
final class AddressRules {
  enum Kind {
    PUBLIC,
    /// An address of this machine, or of private networks.
    PRIVATE,
    /// An address that no webhook is at: unspecified, link-local (where clouds tell machines their
    /// secrets), multicast, broadcast, reserved, for documents.
    NONE
  }

  /// Addresses that begin with the same bits.
  private record Net(BigInteger first, int bits, int length) {
    static Net of(String text) {
      int slash = text.indexOf('/');
      byte[] bytes = literal(text.substring(0, slash));
      return new Net(
          new BigInteger(1, bytes), Integer.parseInt(text.substring(slash + 1)), bytes.length);
    }

    boolean has(byte[] address) {
      int rest = length * Byte.SIZE - bits;
      return address.length == length
          && new BigInteger(1, address).shiftRight(rest).equals(first.shiftRight(rest));
    }
  }

  private static final int V4_BYTES = 4;

  private static final List<Net> PRIVATE =
      nets(
          "127.0.0.0/8",
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "::1/128",
          "fc00::/7");

  private static final List<Net> NONE =
      nets(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /// All of IPv6 that is handed out for hosts.
  private static final Net GLOBAL = Net.of("2000::/3");

  /// An IPv4 address in its last four bytes: as sockets see it, and as NAT64 does.
  private static final List<Net> AROUND_V4 = nets("0:0:0:0:0:ffff:0:0/96", "64:ff9b::/96");

  private AddressRules() {}

  static Kind kind(InetAddress address) {
    return kind(address.getAddress());
  }

  private static Kind kind(byte[] address) {
    if (isIn(AROUND_V4, address)) {
      byte[] inner = new byte[V4_BYTES];
      System.arraycopy(address, address.length - V4_BYTES, inner, 0, V4_BYTES);
      return kind(inner);
    }
    if (isIn(PRIVATE, address)) {
      return Kind.PRIVATE;
    }
    boolean isHost = address.length == V4_BYTES || GLOBAL.has(address);
    return isHost && !isIn(NONE, address) ? Kind.PUBLIC : Kind.NONE;
  }

  private static boolean isIn(List<Net> nets, byte[] address) {
    return nets.stream().anyMatch(net -> net.has(address));
  }

  private static List<Net> nets(String... texts) {
    return List.of(texts).stream().map(Net::of).toList();
  }

  /// The JDK makes an IPv4 address of one that only wraps it; here the 16 bytes are meant.
  private static byte[] literal(String text) {
    try {
      InetAddress address = InetAddress.getByName(text);
      boolean isWrapped = address instanceof Inet4Address && text.contains(":");
      return isWrapped ? wrapped(address.getAddress()) : address.getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("no address: " + text, e);
    }
  }

  private static byte[] wrapped(byte[] v4) {
    byte[] whole = new byte[16];
    whole[10] = (byte) 0xff;
    whole[11] = (byte) 0xff;
    System.arraycopy(v4, 0, whole, 12, V4_BYTES);
    return whole;
  }
}
