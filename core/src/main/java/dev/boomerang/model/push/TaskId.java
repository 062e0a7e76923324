// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.text.Preconditions;
import java.util.Optional;

/// Names one [Task]: a positive number below 2^53, so that JavaScript callers can hold it, and
/// larger for a task that was accepted later on the same node.
public record TaskId(long value) implements Comparable<TaskId> {
  public static final long LIMIT = 1L << 53;

  /// This id sorts before every task; paging by task id begins with it.
  public static final TaskId NONE = new TaskId(0);

  public TaskId {
    Preconditions.check(value >= 0 && value < LIMIT, "a task id is at least 0 and below 2^53");
  }

  public static Optional<TaskId> parse(String text) {
    if (text.isEmpty() || text.length() > 16 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    long value = Long.parseLong(text);
    return value > 0 && value < LIMIT ? Optional.of(new TaskId(value)) : Optional.empty();
  }

  @Override
  public int compareTo(TaskId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
