// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import dev.boomerang.lifecycle.Delivery.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Encodes a timeline as one line of text: `queued:1767254400000,sending:1767254400007`. Where a
/// delivery was deferred, the time until when follows: `queued:1767254400009/1767254460009`.
public final class TimelineCodec {
  private TimelineCodec() {}

  public static String write(List<TimelineEntry> timeline) {
    var text = new StringBuilder(timeline.size() * 24);
    for (TimelineEntry timelineEntry : timeline) {
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(timelineEntry.status().wire())
          .append(':')
          .append(timelineEntry.at().toEpochMilli());
      timelineEntry.notBefore().ifPresent(time -> text.append('/').append(time.toEpochMilli()));
    }
    return text.toString();
  }

  public static List<TimelineEntry> read(String text) {
    var entries = new ArrayList<TimelineEntry>();
    for (int at = 0; at < text.length(); ) {
      int colon = text.indexOf(':', at);
      int comma = text.indexOf(',', colon);
      int end = comma < 0 ? text.length() : comma;
      int slash = text.indexOf('/', colon);
      boolean deferred = slash >= 0 && slash < end;
      entries.add(
          new TimelineEntry(
              DeliveryStatusCodec.parse(text.substring(at, colon)),
              time(text, colon + 1, deferred ? slash : end),
              deferred ? Optional.of(time(text, slash + 1, end)) : Optional.empty()));
      at = end + 1;
    }
    return entries;
  }

  private static Instant time(String text, int from, int to) {
    return Instant.ofEpochMilli(Long.parseLong(text, from, to, 10));
  }
}
