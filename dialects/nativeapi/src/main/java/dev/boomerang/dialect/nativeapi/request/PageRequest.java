// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Instant;

/// Which part of a list is asked for: what lies in a span, without the first `skip`, at most
/// `limit`.
public record PageRequest(Span span, int skip, int limit) {
  /// The end of the year 9999.
  private static final long MAX_TIME = 253_402_300_799_999L;

  private static final long PAGE = 100;
  private static final int MAX_PAGE = 1_000;
  private static final int MAX_SKIP = 1_000_000;

  /// Holds a span of time from one moment until before another.
  public record Span(Instant from, Instant to) {
    public static Span of(Fields query) {
      long from = query.number("from", 0, MAX_TIME).orElse(0L);
      long to = query.number("to", 0, MAX_TIME).orElse(MAX_TIME);
      if (to < from) {
        throw query.invalid("to", Kind.OUT_OF_RANGE, "must not lie before from");
      }
      return new Span(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }
  }

  public static PageRequest of(Fields query) {
    return new PageRequest(Span.of(query), skip(query), limit(query));
  }

  public static int skip(Fields query) {
    return query.number("skip", 0, MAX_SKIP).orElse(0L).intValue();
  }

  public static int limit(Fields query) {
    return query.number("limit", 1, MAX_PAGE).orElse(PAGE).intValue();
  }
}
