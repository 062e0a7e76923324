// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.util.Optional;

/// Names one [Template]; drawn from the same numbers as task ids.
public record TemplateId(long value) {
  public static Optional<TemplateId> parse(String text) {
    return TaskId.parse(text).map(number -> new TemplateId(number.value()));
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
