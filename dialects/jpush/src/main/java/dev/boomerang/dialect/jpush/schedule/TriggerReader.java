// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.schedule;

import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.model.schedule.Trigger;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads when a schedule fires: `single` or `periodical`. What `frequency` counts from is not
/// public: here it is the first day, week (from Monday) or month in which the schedule could fire.
///
/// Source: JPush "Schedule API v3", trigger. The trigger `intelligent` is in none of the vendor's
/// documents that could be read.
final class TriggerReader {
  private static final int MAX_FREQUENCY = 100;
  private static final int MAX_POINTS = 31;

  private TriggerReader() {}

  static Trigger read(Fields trigger, ZoneId zone) {
    boolean single = trigger.has("single");
    if (single == trigger.has("periodical")) {
      throw trigger.invalid(
          "single", Kind.MISSING, "or trigger.periodical must be given, not both");
    }
    return single
        ? once(trigger.object("single"), zone)
        : cyclic(trigger.object("periodical"), zone);
  }

  private static Trigger once(Fields single, ZoneId zone) {
    return new Trigger.Once(second(single, "time").atZone(zone).toInstant());
  }

  private static Trigger cyclic(Fields periodical, ZoneId zone) {
    LocalDateTime start = second(periodical, "start");
    LocalDateTime end = second(periodical, "end");
    LocalTime time = required(periodical, "time", TimeFormats::time, "HH:mm:ss");
    if (!start.isBefore(end)) {
      throw periodical.invalid("end", Kind.OUT_OF_RANGE, "must come after start");
    }
    if (end.isAfter(start.plusYears(1))) {
      throw periodical.invalid("end", Kind.OUT_OF_RANGE, "must be at most one year after start");
    }
    LocalDate first =
        time.isBefore(start.toLocalTime()) ? start.toLocalDate().plusDays(1) : start.toLocalDate();
    LocalDate last =
        time.isAfter(end.toLocalTime()) ? end.toLocalDate().minusDays(1) : end.toLocalDate();
    if (last.isBefore(first)) {
      throw periodical.invalid("time", Kind.OUT_OF_RANGE, "never comes between start and end");
    }
    return new Trigger.Cyclic(first, last, dayRule(periodical, first), time, zone);
  }

  private static Trigger.DayRule dayRule(Fields periodical, LocalDate first) {
    String unit = periodical.requiredText("time_unit", 8).toLowerCase(Locale.ROOT);
    int frequency = (int) periodical.requiredNumber("frequency", 1, MAX_FREQUENCY);
    return switch (unit) {
      case "day" -> nth(new Trigger.DayRule.Daily(), ChronoUnit.DAYS, frequency, first);
      case "week" ->
          nth(
              new Trigger.DayRule.Weekly(points(periodical, TriggerReader::weekday)),
              ChronoUnit.WEEKS,
              frequency,
              first);
      case "month" ->
          nth(
              new Trigger.DayRule.Monthly(points(periodical, TriggerReader::dayOfMonth)),
              ChronoUnit.MONTHS,
              frequency,
              first);
      case String _ ->
          throw periodical.invalid("time_unit", Kind.MALFORMED, "must be day, week or month");
    };
  }

  private static Trigger.DayRule nth(
      Trigger.DayRule dayRule, ChronoUnit unit, int frequency, LocalDate first) {
    return frequency == 1 ? dayRule : new Trigger.DayRule.EveryNth(dayRule, unit, frequency, first);
  }

  private static <T> Set<T> points(Fields periodical, Function<String, Optional<T>> read) {
    List<String> texts = periodical.texts("point", MAX_POINTS, 8);
    if (texts.isEmpty()) {
      throw periodical.invalid("point", Kind.MISSING, "must be given");
    }
    Set<T> points = new HashSet<>();
    for (String text : texts) {
      points.add(
          read.apply(text)
              .orElseThrow(
                  () ->
                      periodical.invalid(
                          "point", Kind.MALFORMED, "must have MON to SUN, or 01 to 31")));
    }
    return points;
  }

  private static Optional<DayOfWeek> weekday(String text) {
    return List.of(DayOfWeek.values()).stream()
        .filter(day -> day.name().substring(0, 3).equalsIgnoreCase(text))
        .findFirst();
  }

  private static Optional<Integer> dayOfMonth(String text) {
    return text.matches("0?[1-9]|[12][0-9]|3[01]")
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  private static LocalDateTime second(Fields fields, String name) {
    return required(fields, name, TimeFormats::second, "yyyy-MM-dd HH:mm:ss");
  }

  private static <T> T required(
      Fields fields, String name, Function<String, Optional<T>> read, String form) {
    return read.apply(fields.requiredText(name, 32))
        .orElseThrow(() -> fields.invalid(name, Kind.MALFORMED, "must be as " + form));
  }
}
