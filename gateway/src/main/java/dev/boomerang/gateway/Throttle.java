// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts refused log-ins by remote address and tells when an address had too many. An IPv6 address
/// counts by its /64, which is what one subscriber has. Remembers a bounded number of addresses:
/// beyond it the longest remembered one is forgotten.
final class Throttle {
  private static final int REMEMBERED = 10_000;

  private record Count(long windowEndMillis, int failures) {}

  private final int most;
  private final long windowMillis;
  private final Clock clock;
  private final Map<Object, Count> counts = new LinkedHashMap<>();

  Throttle(GatewayConfig.Throttle config, Clock clock) {
    this.most = config.failures();
    this.windowMillis = config.window().toMillis();
    this.clock = clock;
  }

  synchronized boolean blocks(SocketAddress remote) {
    Object key = key(remote);
    Count count = counts.getOrDefault(key, new Count(0, 0));
    if (count.windowEndMillis() <= clock.millis()) {
      counts.remove(key);
      return false;
    }
    return count.failures() >= most;
  }

  synchronized void failed(SocketAddress remote) {
    long now = clock.millis();
    counts.merge(
        key(remote),
        new Count(now + windowMillis, 1),
        (before, first) ->
            before.windowEndMillis() <= now
                ? first
                : new Count(before.windowEndMillis(), before.failures() + 1));
    if (counts.size() > REMEMBERED) {
      counts.remove(counts.keySet().iterator().next());
    }
  }

  private static Object key(SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress socket)) {
      return remote.getClass();
    }
    InetAddress address = socket.getAddress();
    return address instanceof Inet6Address
        ? java.nio.ByteBuffer.wrap(Arrays.copyOf(address.getAddress(), 8))
        : address;
  }
}
