// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import dev.boomerang.model.schedule.Trigger;
import dev.boomerang.model.schedule.Trigger.DayRule;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads when a push goes out: `at` a time, or in a `cycle`.
public final class PlanReader {
  /// The end of the year 9999.
  private static final long MAX_TIME = 253_402_300_799_999L;

  /// A cycle of more days would only be refused later for its horizon.
  private static final int MAX_DAYS = 3_660;

  private PlanReader() {}

  public static Trigger read(Fields schedule) {
    if (schedule.has("at") == schedule.has("cycle")) {
      schedule.refuseUnread();
      throw schedule.invalid(
          "at",
          schedule.has("at") ? Kind.MALFORMED : Kind.MISSING,
          "or cycle must be given, and not both");
    }
    return schedule.has("at")
        ? new Trigger.Once(Instant.ofEpochMilli(schedule.requiredNumber("at", 0, MAX_TIME)))
        : cycle(schedule.object("cycle"));
  }

  /// Reads a cycle of days, both ends included, with the time of day in the given zone.
  private static Trigger cycle(Fields cycle) {
    LocalDate first = parsed(cycle, "from", LocalDate::parse, "must be a day, as 2026-12-31");
    LocalDate last = parsed(cycle, "to", LocalDate::parse, "must be a day, as 2026-12-31");
    if (last.isBefore(first)) {
      throw cycle.invalid("to", Kind.OUT_OF_RANGE, "must not lie before from");
    }
    if (last.isAfter(first.plusDays(MAX_DAYS))) {
      throw cycle.invalid("to", Kind.OUT_OF_RANGE, "must lie within ten years of from");
    }
    return new Trigger.Cyclic(
        first,
        last,
        every(cycle),
        parsed(cycle, "time", LocalTime::parse, "must be a time of the day, as 09:00:00"),
        parsed(cycle, "zone", ZoneId::of, "must be a time zone, as Asia/Shanghai"));
  }

  private static DayRule every(Fields cycle) {
    String every =
        cycle
            .choice("every", List.of("day", "week", "month"), name -> name)
            .orElseThrow(() -> cycle.invalid("every", Kind.MISSING, "must be given"));
    return switch (every) {
      case "week" ->
          new DayRule.Weekly(
              days(cycle, 7).stream().map(DayOfWeek::of).collect(Collectors.toUnmodifiableSet()));
      case "month" -> new DayRule.Monthly(days(cycle, 31));
      case String _ -> {
        if (cycle.has("days")) {
          throw cycle.invalid("days", Kind.MALFORMED, "means nothing with every day");
        }
        yield new DayRule.Daily();
      }
    };
  }

  /// Weekdays count from Monday, 1.
  private static Set<Integer> days(Fields cycle, int max) {
    Set<Integer> days = cycle.numbers("days", 1, max);
    if (days.isEmpty()) {
      throw cycle.invalid("days", Kind.MISSING, "must have numbers from 1 to " + max);
    }
    return days;
  }

  private static <T> T parsed(
      Fields fields, String name, Function<String, T> parse, String problem) {
    String text = fields.requiredText(name, 64);
    try {
      return parse.apply(text);
    } catch (DateTimeException _) {
      throw fields.invalid(name, Kind.MALFORMED, problem);
    }
  }
}
