// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Runs tasks on the test's thread when the test calls `run`, by a clock that the test sets.
final class ManualEventLoop implements EventLoop {
  static final long START = 1_800_000_000_000L;

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Due> timers = new ArrayList<>();
  private long now = START;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    var due = new Due(now + delay.toMillis(), task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public boolean isCurrent() {
    return true;
  }

  @Override
  public void close() {}

  /// Runs all waiting tasks.
  void run() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  /// Advances the clock, and runs each timer at its time.
  void advance(Duration by) {
    long until = now + by.toMillis();
    run();
    while (true) {
      var next =
          timers.stream().filter(due -> due.at <= until).min(Comparator.comparingLong(Due::at));
      if (next.isEmpty()) {
        break;
      }
      timers.remove(next.get());
      now = Math.max(now, next.get().at);
      next.get().task.run();
      run();
    }
    now = until;
  }

  private record Due(long at, Runnable task) {}
}
