// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import java.util.Map;
import java.util.Optional;

/// What has to be in a client's map.
final class RequiredEntries {
  private RequiredEntries() {}

  static <K, V> V in(Map<K, V> map, K key) {
    return Optional.ofNullable(map.get(key))
        .orElseThrow(() -> new AssertionError(key + ": " + map));
  }
}
