// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.bench.Report.Budget;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void ratioAboveOne_keepsTheBudgetWhicheverWayItIsMeant() {
    assertThat(new Budget.AtLeast(50).ratio(100)).isEqualTo(2);
    assertThat(new Budget.AtMost(50).ratio(100)).isEqualTo(0.5);
  }
}
