// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.TaskId;
import java.time.Instant;

/// What became of an occurrence, as a word and a text.
final class FateText {
  private static final String PENDING = "pending";
  private static final String FIRING = "firing";
  private static final String FIRED = "fired";
  private static final String CANCELLED = "cancelled";
  private static final String DROPPED = "dropped";

  private FateText() {}

  static String word(Fate fate) {
    return switch (fate) {
      case Fate.Pending _ -> PENDING;
      case Fate.Firing _ -> FIRING;
      case Fate.Fired _ -> FIRED;
      case Fate.Cancelled _ -> CANCELLED;
      case Fate.Dropped _ -> DROPPED;
    };
  }

  /// All but the word: the time, and after it what else there is.
  static String detail(Fate fate) {
    return switch (fate) {
      case Fate.Pending _, Fate.Firing _ -> "";
      case Fate.Fired(TaskId task, Instant at) -> at.toEpochMilli() + " " + task.value();
      case Fate.Cancelled(Instant at) -> at.toEpochMilli() + " ";
      case Fate.Dropped(Instant at, String reason) -> at.toEpochMilli() + " " + reason;
    };
  }

  static Fate read(String word, String detail) {
    return switch (word) {
      case PENDING -> new Fate.Pending();
      case FIRING -> new Fate.Firing();
      case FIRED -> new Fate.Fired(new TaskId(Long.parseLong(rest(detail))), at(detail));
      case CANCELLED -> new Fate.Cancelled(at(detail));
      case DROPPED -> new Fate.Dropped(at(detail), rest(detail));
      default -> throw new IllegalStateException("a stored occurrence is " + word);
    };
  }

  private static Instant at(String detail) {
    return Instant.ofEpochMilli(Long.parseLong(detail, 0, detail.indexOf(' '), 10));
  }

  private static String rest(String detail) {
    return detail.substring(detail.indexOf(' ') + 1);
  }
}
