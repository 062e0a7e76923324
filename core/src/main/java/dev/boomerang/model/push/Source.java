// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.util.Locale;
import java.util.Optional;

/// Tells where a push came from, for lists and reports: the dialect, which of its kinds of push it
/// was, the name of the template it was made from, and what the dialect keeps for itself. The
/// engine treats all alike.
public record Source(String origin, Kind kind, Optional<String> template, DialectDetail detail) {

  public Source(String origin, Kind kind, Optional<String> template) {
    this(origin, kind, template, DialectDetail.NONE);
  }

  public enum Kind {
    /// The push has one content for a few targets.
    SIMPLE,
    /// A filled template for a few targets.
    TEMPLATE,
    /// A task of many targets, each perhaps with a content of its own.
    MULTIPLE,
    /// The push is for everyone a rule covers.
    BROADCAST;

    /// The name in stores and in the native API.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> parse(String wire) {
      for (Kind kind : values()) {
        if (kind.wire().equals(wire)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    /// Returns whether its tasks are listed one by one in the analysis; those of the others are too
    /// many and too small.
    public boolean isTask() {
      return this == MULTIPLE || this == BROADCAST;
    }
  }

  public Source as(Kind newKind) {
    return new Source(origin, newKind, template, detail);
  }

  public Source with(DialectDetail newDetail) {
    return new Source(origin, kind, template, newDetail);
  }

  public static Source of(String origin) {
    return new Source(origin, Kind.SIMPLE, Optional.empty());
  }

  public static Source of(String origin, Kind kind) {
    return new Source(origin, kind, Optional.empty());
  }
}
