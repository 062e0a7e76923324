// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import dev.boomerang.model.text.Preconditions;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Names one [Registration] in every dialect: 23 digits, the shape vivo's official SDK insists on
/// (13 digits of epoch milliseconds, then 10 random digits).
public record RegistrationId(String value) implements Comparable<RegistrationId> {
  public static final int LENGTH = 23;

  private static final long TEN_DIGITS = 10_000_000_000L;

  public RegistrationId {
    Preconditions.check(wellFormed(value), "a registration id has 23 digits");
  }

  /// Returns a new id. `random` must be unpredictable where ids should not be guessed.
  public static RegistrationId mint(Instant now, RandomGenerator random) {
    return new RegistrationId(
        "%013d%010d".formatted(now.toEpochMilli(), random.nextLong(TEN_DIGITS)));
  }

  public static Optional<RegistrationId> parse(String text) {
    return wellFormed(text) ? Optional.of(new RegistrationId(text)) : Optional.empty();
  }

  private static boolean wellFormed(String text) {
    return text.length() == LENGTH && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(RegistrationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
