// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.web.text.PercentText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Matches paths by the parts between their slashes; a part in braces matches any part and names
/// it. Empty parts do not count: JPush's clients send `/v3/tags/` and `/v3/tags//t1` where the
/// vendor's documents say `/v3/tags` and `/v3/tags/t1`.
public record PathPattern(List<String> parts) implements Comparable<PathPattern> {

  public static PathPattern of(String pattern) {
    return new PathPattern(split(pattern));
  }

  public static List<String> split(String path) {
    return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  /// Returns the values of the names in braces, decoded; empty if the path does not match.
  public Optional<Map<String, String>> match(List<String> theirs) {
    if (parts.size() != theirs.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!isName(parts.get(i)) && !parts.get(i).equals(theirs.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(caught(theirs));
  }

  private Map<String, String> caught(List<String> theirs) {
    Map<String, String> caught = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String ours = parts.get(i);
      if (isName(ours)) {
        caught.put(ours.substring(1, ours.length() - 1), PercentText.ofPath(theirs.get(i)));
      }
    }
    return caught;
  }

  /// Orders patterns that match the same path: the lesser one says more of it, because it has a
  /// fixed part where they first differ.
  @Override
  public int compareTo(PathPattern other) {
    int shorter = Math.min(parts.size(), other.parts.size());
    for (int i = 0; i < shorter; i++) {
      int first = Boolean.compare(isName(parts.get(i)), isName(other.parts.get(i)));
      if (first != 0) {
        return first;
      }
    }
    return Integer.compare(parts.size(), other.parts.size());
  }

  private static boolean isName(String part) {
    return part.startsWith("{");
  }
}
