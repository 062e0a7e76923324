// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;

import java.time.Instant;
import java.util.Optional;

/// Points in time as parameters: Unix milliseconds.
final class Moments {
  static final String START = "StartTime";
  static final String END = "EndTime";

  /// The end of the year 9999.
  private static final long LAST = 253_402_300_799_999L;

  private Moments() {}

  static Optional<Instant> read(Args args, String name) {
    return args.number(name, 0, LAST, INVALID_PARAM).map(Instant::ofEpochMilli);
  }

  static Instant filled(Args args, String name) {
    return read(args, name).orElseThrow(() -> Args.invalid(name, "must not be blank"));
  }

  static ResultFault endBeforeStart() {
    return Args.invalid(END, "must not be before " + START);
  }
}
