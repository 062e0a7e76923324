// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import java.time.Duration;

/// What can be set about the mPaaS dialect.
///
/// `maxLifetime` caps `ExpiredSeconds`. `maxPayloadBytes` caps what one message carries to the
/// device; source: "each message at most 2 KB" on MPS's own and vendor channels. `callsPerSecond`
/// is per key, 0 for no limit. `maxNonces` bounds the memory of the replay guard (about 14 bytes
/// each): a node that takes more calls within 15 minutes throttles. `recommend` is the help text
/// that goes with every gateway error.
public record MpaasConfig(
    Duration maxLifetime,
    int maxPayloadBytes,
    int callsPerSecond,
    int maxNonces,
    String recommend) {

  public static final MpaasConfig DEFAULT =
      new MpaasConfig(
          Duration.ofDays(30), 2_048, 0, 10_000_000, "See docs/mpaas.md, section Errors");

  public MpaasConfig {
    if (!maxLifetime.isPositive() || maxPayloadBytes < 1 || callsPerSecond < 0 || maxNonces < 1) {
      throw new IllegalArgumentException(
          "lifetime, payload and nonces must be positive, calls per second not negative");
    }
  }
}
