// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.device;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds the origins of web pages that may call the device API from a browser. Credentials are in
/// each request and never in cookies, so a page gets no more than it holds already.
///
/// Source: WHATWG Fetch, "CORS protocol".
public record AllowedOrigins(boolean all, Set<String> named) {
  /// Allows every page.
  public static final AllowedOrigins ANY = new AllowedOrigins(true, Set.of());

  private static final String WILDCARD = "*";

  public AllowedOrigins {
    named = Set.copyOf(named);
  }

  /// Reads `*`, or origins such as `https://app.example.com` between commas; empty if one of them
  /// is none. An empty text names no page.
  public static Optional<AllowedOrigins> parse(String text) {
    if (text.strip().equals(WILDCARD)) {
      return Optional.of(ANY);
    }
    List<String> parts =
        Arrays.stream(text.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
    return parts.stream().allMatch(AllowedOrigins::isOrigin)
        ? Optional.of(new AllowedOrigins(false, parts.stream().collect(Collectors.toSet())))
        : Optional.empty();
  }

  /// Returns whether a text is a scheme, a host and perhaps a port, with nothing behind.
  private static boolean isOrigin(String text) {
    try {
      var uri = new URI(text);
      return uri.getScheme() != null
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// Returns the value of `Access-Control-Allow-Origin` for a page of this origin; empty if it may
  /// not call.
  Optional<String> allowed(String origin) {
    if (all) {
      return Optional.of(WILDCARD);
    }
    return named.contains(origin) ? Optional.of(origin) : Optional.empty();
  }
}
