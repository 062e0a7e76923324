// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.text.Digests;
import dev.boomerang.model.text.Preconditions;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Names one [Schedule] or one [Occurrence] of it: 32 hexadecimal digits in lower case, the shape
/// of mPaaS's scheduler ids. The first 12 are the time, so that ids come in their order.
public record ScheduleId(String value) {
  public static final int LENGTH = 32;

  public ScheduleId {
    Preconditions.check(wellFormed(value), "a schedule id has 32 hexadecimal digits");
  }

  public static ScheduleId mint(Instant now, RandomGenerator random) {
    return new ScheduleId(
        "%012x%04x%016x".formatted(now.toEpochMilli(), random.nextInt(1 << 16), random.nextLong()));
  }

  /// The one that a request makes, however often it comes.
  public static ScheduleId of(AppId app, RequestKey key) {
    String name = app.value() + "\n" + key.scope() + "\n" + key.key();
    return new ScheduleId(Digests.hex(Digests.sha256(name.getBytes(UTF_8))).substring(0, LENGTH));
  }

  public static Optional<ScheduleId> parse(String text) {
    return wellFormed(text) ? Optional.of(new ScheduleId(text)) : Optional.empty();
  }

  private static boolean wellFormed(String text) {
    return text.length() == LENGTH
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  @Override
  public String toString() {
    return value;
  }
}
