// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Limits how much of something each name may use in a window of time, on this node since its
/// start: calls a second, pushes a day. A limit of 0 is none; nothing is counted then.
public final class RateLimit<K> {
  /// Beyond this many names those whose window is over are dropped.
  private static final int NAMES = 10_000;

  /// Says how long counting goes on before it begins anew.
  public sealed interface Window {
    Window SECOND = new Span(Duration.ofSeconds(1));
    Window MINUTE = new Span(Duration.ofMinutes(1));

    /// A span that begins with a name's first use.
    record Span(Duration length) implements Window {
      @Override
      public Instant end(Instant now) {
        return now.plus(length);
      }
    }

    /// A day from midnight to midnight in `zone`.
    record Day(ZoneId zone) implements Window {
      @Override
      public Instant end(Instant now) {
        return LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
      }
    }

    /// Returns the end of the window that begins, or is running, at `now`.
    Instant end(Instant now);
  }

  /// Tells what a name has used of its window, which has `rest` to go. With `isOver` it asked for
  /// more than was left, and got nothing.
  public record Usage(int limit, int used, Duration rest, boolean isOver) {
    /// 0 if there is no limit, too.
    public int left() {
      return Math.max(0, limit - used);
    }
  }

  private record Count(Instant until, int used, boolean isOver) {}

  private final int limit;
  private final Window window;
  private final Clock clock;
  private final Map<K, Count> counts = new ConcurrentHashMap<>();
  private volatile Instant sweepAt = Instant.MIN;

  public RateLimit(int limit, Window window, Clock clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
  }

  /// Takes one and returns true; returns false if there is none left.
  public boolean allows(K name) {
    return !take(name, 1).isOver();
  }

  /// Takes `count`, or none if fewer are left.
  public Usage take(K name, int count) {
    Instant now = clock.instant();
    if (limit == 0) {
      return unused(now);
    }
    sweep(now);
    return usage(
        counts.compute(
            name,
            (_, before) -> {
              boolean isFresh = before == null || !now.isBefore(before.until());
              Instant until = isFresh ? window.end(now) : before.until();
              int used = isFresh ? 0 : before.used();
              return count > limit - used
                  ? new Count(until, used, true)
                  : new Count(until, used + count, false);
            }),
        now);
  }

  /// Gives back what was taken and came to nothing.
  public void release(K name, int count) {
    Instant now = clock.instant();
    counts.computeIfPresent(
        name,
        (_, before) ->
            now.isBefore(before.until())
                ? new Count(before.until(), Math.max(0, before.used() - count), false)
                : before);
  }

  /// Returns the usage of a name without taking any.
  public Usage of(K name) {
    Instant now = clock.instant();
    Count count = counts.get(name);
    return count == null || !now.isBefore(count.until())
        ? unused(now)
        : usage(new Count(count.until(), count.used(), false), now);
  }

  /// Returns the usage of a name that never took any.
  public Usage unused() {
    return unused(clock.instant());
  }

  private Usage unused(Instant now) {
    return usage(new Count(window.end(now), 0, false), now);
  }

  private Usage usage(Count count, Instant now) {
    return new Usage(limit, count.used(), Duration.between(now, count.until()), count.isOver());
  }

  /// Returns how many names are remembered.
  int names() {
    return counts.size();
  }

  /// Once in a window at most, however many names there are.
  private void sweep(Instant now) {
    if (counts.size() > NAMES && !now.isBefore(sweepAt)) {
      sweepAt = window.end(now);
      counts.values().removeIf(count -> !now.isBefore(count.until()));
    }
  }
}
