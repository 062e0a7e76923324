// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.text.UrlAuthority;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says where events about a push are sent. `params` come back with every event.
public record Webhook(URI url, Map<String, String> params, Set<EventType> eventTypes) {
  /// Completes a sentence that begins with the name of a field that [#url] cannot read.
  public static final String URL_RULE =
      "must be an http or https address with a host and without a user";

  public Webhook {
    params = Map.copyOf(params);
    eventTypes = Set.copyOf(eventTypes);
  }

  /// Returns an address that can be called: http or https, with a host, without a user or a
  /// password. Every dialect and setting that takes such an address reads it here.
  public static Optional<URI> url(String text) {
    try {
      var url = new URI(text);
      return UrlAuthority.of(url).map(_ -> url);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  public enum EventType {
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

    public static Optional<EventType> parse(String wire) {
      for (EventType eventType : values()) {
        if (eventType.wire().equals(wire)) {
          return Optional.of(eventType);
        }
      }
      return Optional.empty();
    }
  }
}
