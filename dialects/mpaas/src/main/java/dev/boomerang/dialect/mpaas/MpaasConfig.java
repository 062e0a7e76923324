// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import java.time.Duration;
import java.time.ZoneId;

/// Holds the settings of the mPaaS dialect.
///
/// `maxLifetime` caps `ExpiredSeconds`. `maxPayloadBytes` caps what one message carries to the
/// device; source: "each message at most 2 KB" on MPS's own and vendor channels. `callsPerSecond`
/// is per key, 0 for no limit. `maxMultiple` caps the targets of a PushMultiple (the vendor's
/// documents say 400 in 2021 and 100 later). `zone` is the zone in which days begin, for schedules
/// and analysis; the vendor's is not public, but its service runs in China. `maxNonces` bounds the
/// memory of the replay guard (about 14 bytes each): a node that takes more calls within 15 minutes
/// throttles. `recommend` is the help text that goes with every gateway error.
public record MpaasConfig(
    Duration maxLifetime,
    int maxPayloadBytes,
    int callsPerSecond,
    int maxNonces,
    int maxMultiple,
    ZoneId zone,
    String recommend) {

  public static final MpaasConfig DEFAULT =
      new MpaasConfig(
          Duration.ofDays(30),
          2_048,
          0,
          10_000_000,
          400,
          ZoneId.of("Asia/Shanghai"),
          "See docs/mpaas.md, section Errors");

  public MpaasConfig {
    if (!maxLifetime.isPositive()
        || maxPayloadBytes < 1
        || callsPerSecond < 0
        || maxNonces < 1
        || maxMultiple < 1) {
      throw new IllegalArgumentException(
          "lifetime, payload, nonces and targets must be positive, calls per second not negative");
    }
  }
}
