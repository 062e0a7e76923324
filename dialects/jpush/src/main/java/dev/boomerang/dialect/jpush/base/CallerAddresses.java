// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The addresses from which calls may come: ranges like `10.0.0.0/8` and single addresses, IPv4 or
/// IPv6. An empty list allows every address.
public record CallerAddresses(List<Range> ranges) {
  public static final CallerAddresses ANY = new CallerAddresses(List.of());

  public CallerAddresses {
    ranges = List.copyOf(ranges);
  }

  /// All addresses whose first `bits` bits are those of `start`.
  public record Range(InetAddress start, int bits) {
    boolean contains(InetAddress address) {
      byte[] ours = start.getAddress();
      byte[] theirs = address.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }

    private static Range parse(String text) {
      int slash = text.indexOf('/');
      InetAddress start = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int most = start.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException("no range of addresses: " + text);
      }
      return new Range(start, bits);
    }
  }

  /// Separated by commas. Empty if one of them is none.
  public static Optional<CallerAddresses> parse(String text) {
    try {
      return Optional.of(
          new CallerAddresses(
              Stream.of(text.split(","))
                  .map(String::strip)
                  .filter(each -> !each.isEmpty())
                  .map(Range::parse)
                  .toList()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// False for what is no address.
  boolean contains(String remote) {
    if (ranges.isEmpty()) {
      return true;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(remote);
      return ranges.stream().anyMatch(range -> range.contains(address));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
