// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.bench.report.BenchReport.Budget;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  @Test
  void ratioAboveOne_keepsTheBudgetWhicheverWayItIsMeant() {
    assertThat(new Budget.AtLeast(50).ratio(100)).isEqualTo(2);
    assertThat(new Budget.AtMost(50).ratio(100)).isEqualTo(0.5);
  }
}
