// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  @Test
  void percentiles_areOfAllThatWasRecorded() {
    var latencyHistogram = new LatencyHistogram();

    for (int millis = 1; millis <= 1_000; millis++) {
      latencyHistogram.record(millis * 1_000_000L);
    }

    assertThat(latencyHistogram.count()).isEqualTo(1_000);
    assertThat(latencyHistogram.millis(50)).isCloseTo(500, within(1.0));
    assertThat(latencyHistogram.millis(99)).isCloseTo(990, within(1.0));
    assertThat(latencyHistogram.maxMillis()).isCloseTo(1_000, within(1.0));
  }

  @Test
  void oneSlowCallInAHundred_showsInTheLastPercent() {
    var latencyHistogram = new LatencyHistogram();

    for (int i = 0; i < 980; i++) {
      latencyHistogram.record(1_000_000);
    }
    for (int i = 0; i < 20; i++) {
      latencyHistogram.record(200_000_000);
    }

    assertThat(latencyHistogram.millis(50)).isCloseTo(1, within(0.01));
    assertThat(latencyHistogram.millis(99)).isCloseTo(200, within(0.5));
  }
}
