// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.request;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import dev.boomerang.dialect.mpaas.error.ResultException;
import java.time.Instant;
import java.util.Optional;

/// Reads points in time: Unix milliseconds.
public final class InstantParams {
  public static final String START = "StartTime";
  public static final String END = "EndTime";

  /// The end of the year 9999.
  private static final long LAST = 253_402_300_799_999L;

  private InstantParams() {}

  public static Optional<Instant> read(ActionParams params, String name) {
    return params.number(name, 0, LAST, INVALID_PARAM).map(Instant::ofEpochMilli);
  }

  public static Instant required(ActionParams params, String name) {
    return read(params, name).orElseThrow(() -> ActionParams.invalid(name, "must not be blank"));
  }

  public static ResultException endBeforeStart() {
    return ActionParams.invalid(END, "must not be before " + START);
  }
}
