// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the caller wants to be told what became of a push. `params` come back with every word.
public record Callback(URI url, Map<String, String> params, Set<Event> events) {
  public Callback {
    params = Map.copyOf(params);
    events = Set.copyOf(events);
  }

  public enum Event {
    /// It is on the device.
    RECEIVED,
    /// Somebody opened it.
    CLICKED,
    /// It ended without having been on the device.
    NOT_RECEIVED;

    /// The name in stores.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Event> parse(String wire) {
      for (Event event : values()) {
        if (event.wire().equals(wire)) {
          return Optional.of(event);
        }
      }
      return Optional.empty();
    }
  }
}
