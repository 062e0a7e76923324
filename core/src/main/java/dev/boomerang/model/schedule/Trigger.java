// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;

/// Decides when a schedule fires. It is pure.
public sealed interface Trigger {

  /// Every firing that lies at or after `now`, in order.
  List<Instant> fireTimes(Instant now);

  record Once(Instant at) implements Trigger {
    @Override
    public List<Instant> fireTimes(Instant now) {
      return at.isBefore(now) ? List.of() : List.of(at);
    }
  }

  /// Fires from the first day to the last, both included, at `time` of `zone`. A day that a month
  /// lacks is skipped; a time that a day lacks (clocks go forward) is moved by the gap.
  record Cyclic(LocalDate first, LocalDate last, DayRule dayRule, LocalTime time, ZoneId zone)
      implements Trigger {
    @Override
    public List<Instant> fireTimes(Instant now) {
      return first
          .datesUntil(last.plusDays(1))
          .filter(dayRule::includes)
          .map(day -> day.atTime(time).atZone(zone).toInstant())
          .filter(at -> !at.isBefore(now))
          .toList();
    }
  }

  /// The days of a cycle.
  sealed interface DayRule {
    boolean includes(LocalDate day);

    record Daily() implements DayRule {
      @Override
      public boolean includes(LocalDate day) {
        return true;
      }
    }

    record Weekly(Set<DayOfWeek> days) implements DayRule {
      public Weekly {
        days = Set.copyOf(days);
      }

      @Override
      public boolean includes(LocalDate day) {
        return days.contains(day.getDayOfWeek());
      }
    }

    /// Takes, of the days that `dayRule` includes, only those of each `step`th day, week (from
    /// Monday) or month, counted from the one that has `from`.
    record EveryNth(DayRule dayRule, ChronoUnit unit, int step, LocalDate from) implements DayRule {
      @Override
      public boolean includes(LocalDate day) {
        return dayRule.includes(day) && unit.between(begin(from), begin(day)) % step == 0;
      }

      private LocalDate begin(LocalDate day) {
        return switch (unit) {
          case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTHS -> day.withDayOfMonth(1);
          default -> day;
        };
      }
    }

    /// Days of the month, 1 to 31.
    record Monthly(Set<Integer> days) implements DayRule {
      public Monthly {
        days = Set.copyOf(days);
      }

      @Override
      public boolean includes(LocalDate day) {
        return days.contains(day.getDayOfMonth());
      }
    }
  }
}
