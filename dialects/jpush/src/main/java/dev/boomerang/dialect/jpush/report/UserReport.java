// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.base.PlatformNames;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.QueryParameters;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// Serves `/v3/users`, which counts how many devices registered, by hour, day or month. How many
/// were active or online is not recorded: those are `null`.
///
/// Source: JPush "Report API v3", users.
public final class UserReport {
  private static final int MAX_DAYS = 60;

  private enum Unit {
    HOUR(ChronoUnit.HOURS, "uuuu-MM-dd HH", 24),
    DAY(ChronoUnit.DAYS, "uuuu-MM-dd", MAX_DAYS),
    MONTH(ChronoUnit.MONTHS, "uuuu-MM", 2);

    private final ChronoUnit unit;
    private final DateTimeFormatter format;
    private final int most;

    Unit(ChronoUnit unit, String pattern, int most) {
      this.unit = unit;
      this.format = TimeFormats.strict(pattern);
      this.most = most;
    }

    LocalDateTime parse(String text) {
      return switch (this) {
        case HOUR -> LocalDateTime.parse(text, format);
        case DAY -> LocalDate.parse(text, format).atStartOfDay();
        case MONTH -> YearMonth.parse(text, format).atDay(1).atStartOfDay();
      };
    }
  }

  private final Registrations registrations;
  private final ZoneId zone;
  private final Clock clock;

  public UserReport(Registrations registrations, ZoneId zone, Clock clock) {
    this.registrations = registrations;
    this.zone = zone;
    this.clock = clock;
  }

  public Reply show(Caller caller, Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    Unit unit =
        query
            .choice("time_unit", List.of(Unit.values()), Unit::name)
            .orElseThrow(() -> query.invalid("time_unit", Kind.MISSING, "must be given"));
    String start = query.requiredText("start", 32);
    long duration = query.requiredNumber("duration", 1, 1_000);
    LocalDateTime from = from(unit, start);
    check(unit, from, duration);
    ObjectNode body =
        Json.object().put("time_unit", unit.name()).put("start", start).put("duration", duration);
    ArrayNode items = body.putArray("items");
    for (long i = 0; i < duration; i++) {
      LocalDateTime time = from.plus(i, unit.unit);
      item(caller, unit, time, items.addObject());
    }
    return Reply.json(200, Json.write(body));
  }

  private static LocalDateTime from(Unit unit, String start) {
    try {
      return unit.parse(start);
    } catch (DateTimeParseException _) {
      throw JpushError.REPORT_TIME_UNIT.fault();
    }
  }

  private void check(Unit unit, LocalDateTime from, long duration) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    LocalDate earliest =
        unit == Unit.MONTH ? today.minusMonths(2).withDayOfMonth(1) : today.minusDays(MAX_DAYS);
    if (duration > unit.most || from.toLocalDate().isBefore(earliest)) {
      throw JpushError.REPORT_SPAN.fault();
    }
    if (unit == Unit.HOUR && !from.toLocalDate().equals(today)) {
      throw new JpushException(JpushError.REPORT_INVALID, "Hours can be asked for of today only.");
    }
  }

  private void item(Caller caller, Unit unit, LocalDateTime time, ObjectNode item) {
    item.put("time", unit.format.format(time));
    Map<Platform, Integer> joined =
        registrations.countRegistered(
            caller.app().id(),
            time.atZone(zone).toInstant(),
            time.plus(1, unit.unit).atZone(zone).toInstant());
    for (Platform platform : Platform.values()) {
      Integer count = joined.get(platform);
      if (count != null) {
        item.putObject(PlatformNames.name(platform))
            .put("new", count)
            .putNull("online")
            .putNull("active");
      }
    }
  }
}
