// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where an endpoint listens. `method` is one in upper case, or `*` for any. `pattern` is a path
/// whose parts may be names in braces: `/api/v1/tasks/{id}`.
public record Route(String method, String pattern, Endpoint endpoint) {
  public static final String ANY = "*";

  public boolean takes(String asked) {
    return method.equals(ANY) || method.equals(asked);
  }

  /// What the braces catch of a path, decoded; empty if the path is not this route's.
  public Optional<Map<String, String>> match(String path) {
    String[] ours = pattern.split("/", -1);
    String[] theirs = path.split("/", -1);
    if (ours.length != theirs.length) {
      return Optional.empty();
    }
    Map<String, String> caught = new HashMap<>();
    for (int i = 0; i < ours.length; i++) {
      if (ours[i].startsWith("{")) {
        caught.put(ours[i].substring(1, ours[i].length() - 1), decoded(theirs[i]));
      } else if (!ours[i].equals(theirs[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(caught);
  }

  /// A `+` in a path is a plus; a broken escape stays as it is.
  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      return part;
    }
  }
}
