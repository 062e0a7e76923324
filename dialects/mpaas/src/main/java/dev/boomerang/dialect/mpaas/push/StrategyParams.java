// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.schedule.Trigger;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads when a push takes place: `StrategyType`, and the members of the JSON object
/// `StrategyContent` that this type needs. Other members are ignored: the vendor's own sample has
/// some.
///
/// Source: "服务端 API" › "strategyDetail 字段说明", which is the parameter's name in that document only.
final class StrategyParams {
  static final String STRATEGY_TYPE = "StrategyType";
  static final String STRATEGY_CONTENT = "StrategyContent";

  private static final int NOW = 0;
  private static final int ONCE = 1;
  private static final int CYCLE = 2;

  private static final int DAILY = 1;
  private static final int WEEKLY = 2;
  private static final int MONTHLY = 3;

  /// "循环结束时间不得超过当天后的 180 天".
  private static final int MAX_DAYS_AHEAD = 180;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private final ZoneId zone;
  private final Clock clock;

  /// `zone` is where days begin.
  StrategyParams(ZoneId zone, Clock clock) {
    this.zone = zone;
    this.clock = clock;
  }

  /// Returns the trigger; empty for a push that goes out at once, which ignores `StrategyContent`.
  Optional<Trigger> read(ActionParams params) {
    long type = params.number(STRATEGY_TYPE, NOW, CYCLE, INVALID_PARAM).orElse((long) NOW);
    if (type == NOW) {
      return Optional.empty();
    }
    ObjectNode content =
        params
            .object(STRATEGY_CONTENT, INVALID_PARAM)
            .orElseThrow(
                () -> ActionParams.invalid(STRATEGY_TYPE, type + " needs " + STRATEGY_CONTENT));
    return Optional.of(type == ONCE ? once(content) : cyclic(content));
  }

  /// Reads a time to the second; milliseconds are cut off.
  private static Trigger once(ObjectNode content) {
    return new Trigger.Once(
        Instant.ofEpochSecond(Math.floorDiv(whole(content, "fixedTime"), 1_000L)));
  }

  private Trigger cyclic(ObjectNode content) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    LocalDate first = day(content, "startTime");
    LocalDate last = day(content, "endTime");
    if (first.isBefore(today)) {
      throw invalid("has a startTime before today");
    }
    if (last.isBefore(first)) {
      throw invalid("has an endTime before its startTime");
    }
    if (last.isAfter(today.plusDays(MAX_DAYS_AHEAD))) {
      throw invalid("has an endTime more than " + MAX_DAYS_AHEAD + " days ahead");
    }
    return new Trigger.Cyclic(first, last, every(content), time(content), zone);
  }

  private LocalDate day(ObjectNode content, String member) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(whole(content, member)), zone);
  }

  private static Trigger.DayRule every(ObjectNode content) {
    return switch (Math.clamp(whole(content, "circleType"), 0, MONTHLY + 1)) {
      case DAILY -> new Trigger.DayRule.Daily();
      case WEEKLY ->
          new Trigger.DayRule.Weekly(
              values(content, DayOfWeek.SUNDAY.getValue()).stream()
                  .map(DayOfWeek::of)
                  .collect(Collectors.toSet()));
      case MONTHLY -> new Trigger.DayRule.Monthly(values(content, 31));
      default -> throw invalid("must have circleType 1 (daily), 2 (weekly) or 3 (monthly)");
    };
  }

  /// Reads weekdays from Monday, 1, to Sunday, 7 (the vendor documents 1 and 3 only), or days of
  /// the month.
  private static Set<Integer> values(ObjectNode content, int max) {
    JsonNode list = content.path("circleValue");
    var values = new HashSet<Integer>();
    for (JsonNode value : list) {
      if (!value.isInt() || value.asInt() < 1 || value.asInt() > max) {
        throw invalid("must have numbers from 1 to " + max + " in circleValue");
      }
      values.add(value.asInt());
    }
    if (!list.isArray() || values.isEmpty()) {
      throw invalid("must have circleValue, an array of numbers from 1 to " + max);
    }
    return values;
  }

  private static LocalTime time(ObjectNode content) {
    try {
      return LocalTime.parse(content.path("time").asText(), TIME);
    } catch (DateTimeParseException _) {
      throw invalid("must have time, as HH:mm:ss");
    }
  }

  private static long whole(ObjectNode content, String member) {
    JsonNode number = content.path(member);
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw invalid("must have " + member + ", a whole number");
    }
    return number.asLong();
  }

  private static ResultException invalid(String problem) {
    return ActionParams.invalid(STRATEGY_CONTENT, problem);
  }
}
