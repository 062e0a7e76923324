// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import java.util.LinkedHashSet;
import java.util.Set;

/// Describes an exception in one line: its message and those of its causes.
final class ExceptionMessages {
  private ExceptionMessages() {}

  static String of(Throwable thrown) {
    Set<String> parts = new LinkedHashSet<>();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = t.getMessage();
      String part = message == null ? t.getClass().getSimpleName() : message;
      if (parts.stream().noneMatch(known -> known.contains(part))) {
        parts.add(part);
      }
    }
    return String.join(": ", parts).replaceAll("\\s+", " ");
  }
}
