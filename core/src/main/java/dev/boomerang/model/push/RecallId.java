// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.util.Optional;

/// Names one [Recall]; drawn from the same numbers as task ids, so the two never collide.
public record RecallId(long value) {
  public static Optional<RecallId> parse(String text) {
    return TaskId.parse(text).map(number -> new RecallId(number.value()));
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
