// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriggerTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Trigger cyclic(
      String first, String last, Trigger.DayRule dayRule, String time, ZoneId zone) {
    return new Trigger.Cyclic(
        LocalDate.parse(first), LocalDate.parse(last), dayRule, LocalTime.parse(time), zone);
  }

  private static Instant[] times(String... times) {
    return java.util.Arrays.stream(times).map(Instant::parse).toArray(Instant[]::new);
  }

  @Test
  void once_firesAtItsTime_ifThatIsAhead() {
    assertThat(new Trigger.Once(NOW).fireTimes(NOW)).containsExactly(NOW);
    assertThat(new Trigger.Once(NOW.minusMillis(1)).fireTimes(NOW)).isEmpty();
  }

  @Test
  void daily_firesOnEachDay_inItsZone_butNotInThePast() {
    Trigger trigger =
        cyclic("2025-12-31", "2026-01-03", new Trigger.DayRule.Daily(), "08:30:15", SHANGHAI);

    assertThat(trigger.fireTimes(NOW))
        .containsExactly(
            times("2026-01-01T00:30:15Z", "2026-01-02T00:30:15Z", "2026-01-03T00:30:15Z"));
  }

  @Test
  void weekly_firesOnTheDaysNamed() {
    var every = new Trigger.DayRule.Weekly(Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY));

    assertThat(cyclic("2026-01-01", "2026-01-12", every, "00:00:00", SHANGHAI).fireTimes(NOW))
        .containsExactly(
            times(
                "2026-01-03T16:00:00Z",
                "2026-01-04T16:00:00Z",
                "2026-01-10T16:00:00Z",
                "2026-01-11T16:00:00Z"));
  }

  @Test
  void monthly_skipsDaysThatAMonthLacks() {
    var every = new Trigger.DayRule.Monthly(Set.of(31, 30));

    assertThat(cyclic("2026-01-31", "2026-04-30", every, "12:00:00", SHANGHAI).fireTimes(NOW))
        .containsExactly(
            times(
                "2026-01-31T04:00:00Z",
                "2026-03-30T04:00:00Z",
                "2026-03-31T04:00:00Z",
                "2026-04-30T04:00:00Z"));
  }

  private static Trigger.DayRule nth(Trigger.DayRule dayRule, ChronoUnit unit, int step) {
    return new Trigger.DayRule.EveryNth(dayRule, unit, step, LocalDate.parse("2026-01-01"));
  }

  @Test
  void eachNthDay_countsFromTheFirst() {
    var dayRule = nth(new Trigger.DayRule.Daily(), ChronoUnit.DAYS, 3);

    assertThat(cyclic("2026-01-01", "2026-01-09", dayRule, "08:00:00", SHANGHAI).fireTimes(NOW))
        .containsExactly(
            times("2026-01-01T00:00:00Z", "2026-01-04T00:00:00Z", "2026-01-07T00:00:00Z"));
  }

  @Test
  void eachNthWeek_countsWeeksFromMonday() {
    var days = new Trigger.DayRule.Weekly(Set.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY));
    var dayRule = nth(days, ChronoUnit.WEEKS, 2);

    assertThat(cyclic("2026-01-01", "2026-01-19", dayRule, "08:00:00", SHANGHAI).fireTimes(NOW))
        .containsExactly(
            times("2026-01-04T00:00:00Z", "2026-01-12T00:00:00Z", "2026-01-18T00:00:00Z"));
  }

  @Test
  void eachNthMonth_countsWholeMonths() {
    var dayRule = nth(new Trigger.DayRule.Monthly(Set.of(1, 31)), ChronoUnit.MONTHS, 2);

    assertThat(cyclic("2026-01-01", "2026-05-31", dayRule, "08:00:00", SHANGHAI).fireTimes(NOW))
        .containsExactly(
            times(
                "2026-01-01T00:00:00Z",
                "2026-01-31T00:00:00Z",
                "2026-03-01T00:00:00Z",
                "2026-03-31T00:00:00Z",
                "2026-05-01T00:00:00Z",
                "2026-05-31T00:00:00Z"));
  }

  @Test
  void aTimeThatADayLacks_isMovedByTheGap() {
    Trigger trigger =
        cyclic("2026-03-28", "2026-03-30", new Trigger.DayRule.Daily(), "02:30:00", BERLIN);

    assertThat(trigger.fireTimes(NOW))
        .containsExactly(
            times("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"));
  }
}
