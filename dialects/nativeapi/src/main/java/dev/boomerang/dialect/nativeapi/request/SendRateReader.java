// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Duration;
import java.util.Optional;

/// Reads how fast a push goes out: `perSecond`, or evenly `overSeconds`.
public final class SendRateReader {
  private static final int MOST_PER_SECOND = 1_000_000;

  /// No push lives longer.
  private static final long LONGEST = Duration.ofDays(30).toSeconds();

  private SendRateReader() {}

  /// Reads `pace`; returns empty if the push goes out as fast as it can.
  public static Optional<SendRate> read(Fields body) {
    return body.has("pace") ? Optional.of(pace(body.object("pace"))) : Optional.empty();
  }

  private static SendRate pace(Fields pace) {
    if (pace.has("perSecond") == pace.has("overSeconds")) {
      pace.refuseUnread();
      throw pace.invalid(
          "perSecond",
          pace.has("perSecond") ? Kind.MALFORMED : Kind.MISSING,
          "or overSeconds must be given, and not both");
    }
    return pace.has("perSecond")
        ? new SendRate.PerSecond((int) pace.requiredNumber("perSecond", 1, MOST_PER_SECOND))
        : new SendRate.SpreadOver(
            Duration.ofSeconds(pace.requiredNumber("overSeconds", 1, LONGEST)));
  }

  public static ObjectNode json(SendRate sendRate) {
    return switch (sendRate) {
      case SendRate.PerSecond(int messages) -> Json.object().put("perSecond", messages);
      case SendRate.SpreadOver(Duration whole) ->
          Json.object().put("overSeconds", whole.toSeconds());
    };
  }
}
