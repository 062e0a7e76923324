// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the caller wants to be told what became of a push. `params` come back with every word.
public record Callback(URI url, Map<String, String> params, Set<Event> events) {
  private static final int MAX_PORT = 65_535;

  public Callback {
    params = Map.copyOf(params);
    events = Set.copyOf(events);
  }

  /// An address that can be called: http or https, with a host, without a user or a password.
  public static Optional<URI> url(String text) {
    try {
      var url = new URI(text);
      boolean isHttp = "http".equalsIgnoreCase(url.getScheme());
      boolean isHttps = "https".equalsIgnoreCase(url.getScheme());
      return (isHttp || isHttps)
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getPort() <= MAX_PORT
              && url.getPort() != 0
          ? Optional.of(url)
          : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
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
