// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.Pace;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// How fast a push goes out: `perSecond`, or evenly `overSeconds`.
final class Paces {
  private static final int MOST_PER_SECOND = 1_000_000;

  /// No push lives longer.
  private static final long LONGEST = Duration.ofDays(30).toSeconds();

  private Paces() {}

  static Optional<Pace> read(Fields body) {
    return body.has("pace") ? Optional.of(pace(body.object("pace"))) : Optional.empty();
  }

  private static Pace pace(Fields pace) {
    pace.only(Set.of("perSecond", "overSeconds"));
    if (pace.has("perSecond") == pace.has("overSeconds")) {
      throw pace.fault(
          "perSecond",
          pace.has("perSecond") ? Kind.MALFORMED : Kind.MISSING,
          "or overSeconds must be given, and not both");
    }
    return pace.has("perSecond")
        ? new Pace.PerSecond((int) pace.requiredNumber("perSecond", 1, MOST_PER_SECOND))
        : new Pace.Over(Duration.ofSeconds(pace.requiredNumber("overSeconds", 1, LONGEST)));
  }

  static ObjectNode json(Pace pace) {
    return switch (pace) {
      case Pace.PerSecond(int messages) -> Json.object().put("perSecond", messages);
      case Pace.Over(Duration whole) -> Json.object().put("overSeconds", whole.toSeconds());
    };
  }
}
