// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// HTTP header fields in the order they came. Names are found whatever their case.
public final class Headers {
  public static final Headers NONE = new Headers(List.of());

  private final List<Map.Entry<String, String>> fields;

  private Headers(List<Map.Entry<String, String>> fields) {
    this.fields = fields;
  }

  public static Headers of(List<Map.Entry<String, String>> fields) {
    return new Headers(List.copyOf(fields));
  }

  public static Headers of(String name, String value) {
    return new Headers(List.of(Map.entry(name, value)));
  }

  public Headers with(String name, String value) {
    var more = new ArrayList<>(fields);
    more.add(Map.entry(name, value));
    return new Headers(List.copyOf(more));
  }

  /// Returns the first value of that name.
  public Optional<String> get(String name) {
    for (var field : fields) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return Optional.of(field.getValue());
      }
    }
    return Optional.empty();
  }

  /// Returns every value of that name.
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  public List<Map.Entry<String, String>> fields() {
    return fields;
  }
}
