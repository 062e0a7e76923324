// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Phase;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Phases by the names they are stored under.
final class Phases {
  private static final Map<String, Phase> BY_NAME =
      Arrays.stream(Phase.values())
          .collect(Collectors.toUnmodifiableMap(Phase::wire, Function.identity()));

  private Phases() {}

  static Phase named(String name) {
    Phase phase = BY_NAME.get(name);
    if (phase == null) {
      throw new IllegalArgumentException("no phase is named " + name);
    }
    return phase;
  }
}
