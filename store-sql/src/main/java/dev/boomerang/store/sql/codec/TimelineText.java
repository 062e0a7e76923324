// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import dev.boomerang.lifecycle.Delivery.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Encodes a timeline as one line of text: `queued:1767254400000,sending:1767254400007`.
public final class TimelineText {
  private TimelineText() {}

  public static String write(List<TimelineEntry> timeline) {
    var text = new StringBuilder(timeline.size() * 24);
    for (TimelineEntry timelineEntry : timeline) {
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(timelineEntry.status().wire())
          .append(':')
          .append(timelineEntry.at().toEpochMilli());
    }
    return text.toString();
  }

  public static List<TimelineEntry> read(String text) {
    var entries = new ArrayList<TimelineEntry>();
    for (int at = 0; at < text.length(); ) {
      int colon = text.indexOf(':', at);
      int comma = text.indexOf(',', colon);
      int end = comma < 0 ? text.length() : comma;
      entries.add(
          new TimelineEntry(
              DeliveryStatusText.parse(text.substring(at, colon)),
              Instant.ofEpochMilli(Long.parseLong(text, colon + 1, end, 10))));
      at = end + 1;
    }
    return entries;
  }
}
