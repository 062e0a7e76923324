// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;

/// When a schedule fires. Pure.
public sealed interface Plan {

  /// Every firing that lies at or after `now`, in order.
  List<Instant> firings(Instant now);

  record Once(Instant at) implements Plan {
    @Override
    public List<Instant> firings(Instant now) {
      return at.isBefore(now) ? List.of() : List.of(at);
    }
  }

  /// From the first day to the last, both included, at `time` of `zone`. A day that a month lacks
  /// is skipped; a time that a day lacks (clocks go forward) is moved by the gap.
  record Cyclic(LocalDate first, LocalDate last, Every every, LocalTime time, ZoneId zone)
      implements Plan {
    @Override
    public List<Instant> firings(Instant now) {
      return first
          .datesUntil(last.plusDays(1))
          .filter(every::includes)
          .map(day -> day.atTime(time).atZone(zone).toInstant())
          .filter(at -> !at.isBefore(now))
          .toList();
    }
  }

  /// The days of a cycle.
  sealed interface Every {
    boolean includes(LocalDate day);

    record Day() implements Every {
      @Override
      public boolean includes(LocalDate day) {
        return true;
      }
    }

    record Week(Set<DayOfWeek> days) implements Every {
      public Week {
        days = Set.copyOf(days);
      }

      @Override
      public boolean includes(LocalDate day) {
        return days.contains(day.getDayOfWeek());
      }
    }

    /// Of what `every` includes, only each `step`th day, week (from Monday) or month, counted from
    /// the one that has `from`.
    record Nth(Every every, ChronoUnit unit, int step, LocalDate from) implements Every {
      @Override
      public boolean includes(LocalDate day) {
        return every.includes(day) && unit.between(begin(from), begin(day)) % step == 0;
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
    record Month(Set<Integer> days) implements Every {
      public Month {
        days = Set.copyOf(days);
      }

      @Override
      public boolean includes(LocalDate day) {
        return days.contains(day.getDayOfMonth());
      }
    }
  }
}
