// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;

/// When a push takes place.
final class Schedules {
  private static final String STRATEGY_TYPE = "StrategyType";
  private static final int NOW = 0;
  private static final int CYCLE = 2;

  private Schedules() {}

  /// Absent means now; `StrategyContent` then means nothing. A push for later is refused rather
  /// than sent at once.
  static void refuse(Args args) {
    long type = args.number(STRATEGY_TYPE, NOW, CYCLE, INVALID_PARAM).orElse((long) NOW);
    if (type != NOW) {
      throw Args.invalid(
          STRATEGY_TYPE, "must be 0: fixed-time and cyclic pushes are not served yet");
    }
  }
}
