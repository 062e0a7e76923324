// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.webhook;

import dev.boomerang.model.text.UrlAuthority;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The servers that callbacks go to, so that a slow or dead one does not hold up the others: each
/// has a share of what goes out at once, and one that gave no answer is left alone for a moment,
/// whatever else waits for it.
final class EndpointThrottle {
  private static final Duration TURN = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);
  private static final int REMEMBERED = 10_000;

  private final int share;
  private final Map<String, Integer> busy = new HashMap<>();
  private final Map<String, Instant> resting = new HashMap<>();
  private final Set<String> refused = new HashSet<>();

  /// Creates a throttle that allows `share` requests to one server at a time.
  EndpointThrottle(int share) {
    this.share = share;
  }

  static String of(URI url) {
    return UrlAuthority.of(url)
        .map(authority -> authority.host() + ":" + authority.port())
        .orElseGet(url::toString)
        .toLowerCase(Locale.ROOT);
  }

  /// Empty if it may be asked now, and then [#leave] must follow; else when to try again.
  synchronized Optional<Instant> enter(String receiver, Instant now) {
    Optional<Instant> rest =
        Optional.ofNullable(resting.get(receiver)).filter(until -> until.isAfter(now));
    if (rest.isPresent()) {
      return rest;
    }
    resting.remove(receiver);
    if (busy.getOrDefault(receiver, 0) >= share) {
      return Optional.of(now.plus(TURN));
    }
    busy.merge(receiver, 1, Integer::sum);
    return Optional.empty();
  }

  synchronized void leave(String receiver) {
    busy.computeIfPresent(receiver, (_, count) -> count == 1 ? null : count - 1);
  }

  /// Remembers that a server must not be called. Returns whether that is new, so that it is logged
  /// once for each server and not for each note.
  synchronized boolean refused(String receiver) {
    if (refused.size() >= REMEMBERED) {
      refused.clear();
    }
    return refused.add(receiver);
  }

  /// Sends nothing to an endpoint that gave no answer until `until`, or for the longest rest at
  /// most.
  synchronized void rest(String receiver, Instant now, Instant until) {
    if (resting.size() >= REMEMBERED) {
      resting.clear();
    }
    Instant longest = now.plus(LONGEST_REST);
    resting.put(receiver, until.isBefore(longest) ? until : longest);
  }
}
