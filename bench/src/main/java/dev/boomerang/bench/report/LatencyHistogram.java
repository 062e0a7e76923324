// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.report;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Records how long things took. Any thread may record; reading is exact once recording has
/// stopped. It keeps three digits, up to a minute.
public final class LatencyHistogram {
  private static final long MOST = TimeUnit.MINUTES.toNanos(1);

  private final Histogram nanos = new ConcurrentHistogram(MOST, 3);

  /// Records a time in nanoseconds. What is longer than a minute counts as a minute, what is
  /// negative as 0.
  public void record(long took) {
    nanos.recordValue(Math.clamp(took, 0, MOST));
  }

  long count() {
    return nanos.getTotalCount();
  }

  /// The time, in milliseconds, that `percent` of all did not exceed.
  public double millis(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }

  public double maxMillis() {
    return nanos.getMaxValue() / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.1f ms (%,d)",
        millis(50),
        millis(99),
        millis(99.9),
        maxMillis(),
        count());
  }
}
