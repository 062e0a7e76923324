// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.time.Duration;

/// Limits how fast a push goes out. Its audience is fixed when it is accepted; its registrations
/// are released one after the other.
public sealed interface SendRate {

  /// Releases this many messages a second, 1 or more.
  record PerSecond(int messages) implements SendRate {}

  /// Evenly over this time.
  record SpreadOver(Duration period) implements SendRate {}

  /// Returns how many of `audience` may have been released after running for `run`.
  default long due(long audience, Duration run) {
    return Math.min(
        audience,
        switch (this) {
          case PerSecond(int messages) -> run.toMillis() * messages / 1_000;
          case SpreadOver(var whole) when whole.isPositive() ->
              (long) (audience * ((double) run.toMillis() / whole.toMillis()));
          case SpreadOver _ -> audience;
        });
  }

  /// Returns how long the push has run, at least, when so many of `audience` have been released:
  /// the time at which no more than these are due.
  default Duration elapsed(long audience, long released) {
    return switch (this) {
      case PerSecond(int messages) -> Duration.ofMillis(released * 1_000 / messages);
      case SpreadOver(var whole) when audience > 0 ->
          Duration.ofMillis((long) (whole.toMillis() * ((double) released / audience)));
      case SpreadOver(var whole) -> whole;
    };
  }
}
