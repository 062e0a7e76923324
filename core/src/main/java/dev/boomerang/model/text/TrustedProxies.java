// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The proxies whose word about the address of a client is believed: ranges like `10.0.0.0/8` and
/// single addresses, IPv4 or IPv6. A client's address is decided here and nowhere else.
public record TrustedProxies(List<Range> ranges) {
  /// Nobody is believed: the address of the connection is the client's.
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  /// Matches an address as the JDK reads it, without its short forms: `10.1` names no address here.
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /// An address with a port, as some proxies write it; the address is what is found.
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([^\\]]+)\\](?::\\d+)?|([^:]+):\\d+");

  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /// All addresses whose first `bits` bits are those of `start`.
  public record Range(InetAddress start, int bits) {
    private boolean has(InetAddress address) {
      byte[] ours = start.getAddress();
      byte[] theirs = address.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }

    private static Optional<Range> parse(String text) {
      int slash = text.indexOf('/');
      Optional<InetAddress> start = address(slash < 0 ? text : text.substring(0, slash));
      if (start.isEmpty()) {
        return Optional.empty();
      }
      int most = start.get().getAddress().length * Byte.SIZE;
      if (slash < 0) {
        return Optional.of(new Range(start.get(), most));
      }
      String bits = text.substring(slash + 1);
      return Optional.of(bits)
          .filter(it -> it.matches("\\d{1,3}"))
          .map(Integer::parseInt)
          .filter(it -> it <= most)
          .map(it -> new Range(start.get(), it));
    }
  }

  /// Reads ranges between commas. Empty if one of them is none.
  public static Optional<TrustedProxies> parse(String text) {
    List<Optional<Range>> ranges =
        Stream.of(text.split(","))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .map(Range::parse)
            .toList();
    return ranges.stream().allMatch(Optional::isPresent)
        ? Optional.of(new TrustedProxies(ranges.stream().flatMap(Optional::stream).toList()))
        : Optional.empty();
  }

  public boolean trusts(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.has(address));
  }

  /// Returns the address of the client behind a connection from `peer`. `forwardedFor` are the
  /// values of `X-Forwarded-For` in their order. Each proxy appends who called it, so they are
  /// believed from the right for as long as who wrote them is a trusted proxy; what stands left of
  /// that, anyone may have made up.
  public InetAddress client(InetAddress peer, List<String> forwardedFor) {
    if (!trusts(peer)) {
      return peer;
    }
    InetAddress client = peer;
    List<String> hops =
        forwardedFor.stream().flatMap(value -> Stream.of(value.split(","))).toList();
    for (String hop : hops.reversed()) {
      Optional<InetAddress> address = hop(hop.strip());
      if (address.isEmpty()) {
        return client;
      }
      client = address.get();
      if (!trusts(client)) {
        return client;
      }
    }
    return client;
  }

  private static Optional<InetAddress> hop(String text) {
    var matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) {
      return address(text);
    }
    return address(Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2)));
  }

  /// Reads an address that is written out; looks nothing up. One of IPv6 that only wraps one of
  /// IPv4 is the latter.
  public static Optional<InetAddress> address(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
