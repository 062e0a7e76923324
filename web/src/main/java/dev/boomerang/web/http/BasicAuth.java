// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.http;

import dev.boomerang.model.app.Secret;
import dev.boomerang.model.text.WellFormedText;
import java.util.Base64;
import java.util.Optional;

/// Holds the user and password that a call sends with HTTP Basic (RFC 7617).
public record BasicAuth(String user, Secret password) {
  private static final String SCHEME = "Basic ";

  /// Returns user and password; empty if the header is missing or cannot be read.
  public static Optional<BasicAuth> of(Call call) {
    return call.header("Authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .flatMap(value -> decoded(value.substring(SCHEME.length()).strip()));
  }

  private static Optional<BasicAuth> decoded(String value) {
    String pair;
    try {
      pair = WellFormedText.decode(Base64.getDecoder().decode(value));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    return colon < 0 || !WellFormedText.is(pair)
        ? Optional.empty()
        : Optional.of(
            new BasicAuth(pair.substring(0, colon), new Secret(pair.substring(colon + 1))));
  }
}
