// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A timeline as one line of text: `queued:1767254400000,sending:1767254400007`.
final class TimelineText {
  private TimelineText() {}

  static String write(List<Step> timeline) {
    var text = new StringBuilder(timeline.size() * 24);
    for (Step step : timeline) {
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(step.phase().wire()).append(':').append(step.at().toEpochMilli());
    }
    return text.toString();
  }

  static List<Step> read(String text) {
    var steps = new ArrayList<Step>();
    for (int at = 0; at < text.length(); ) {
      int colon = text.indexOf(':', at);
      int comma = text.indexOf(',', colon);
      int end = comma < 0 ? text.length() : comma;
      steps.add(
          new Step(
              Phases.named(text.substring(at, colon)),
              Instant.ofEpochMilli(Long.parseLong(text, colon + 1, end, 10))));
      at = end + 1;
    }
    return steps;
  }
}
