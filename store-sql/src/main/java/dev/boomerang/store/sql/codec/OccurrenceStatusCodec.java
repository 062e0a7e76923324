// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import java.time.Instant;

/// Encodes the status of an occurrence as a name and a detail.
public final class OccurrenceStatusCodec {
  private static final String PENDING = "pending";
  private static final String FIRING = "firing";
  private static final String FIRED = "fired";
  private static final String CANCELLED = "cancelled";
  private static final String DROPPED = "dropped";

  private OccurrenceStatusCodec() {}

  public static String name(OccurrenceStatus occurrenceStatus) {
    return switch (occurrenceStatus) {
      case OccurrenceStatus.Pending _ -> PENDING;
      case OccurrenceStatus.Firing _ -> FIRING;
      case OccurrenceStatus.Fired _ -> FIRED;
      case OccurrenceStatus.Cancelled _ -> CANCELLED;
      case OccurrenceStatus.Dropped _ -> DROPPED;
    };
  }

  /// Returns the detail: the time, and after it whatever else there is.
  public static String detail(OccurrenceStatus occurrenceStatus) {
    return switch (occurrenceStatus) {
      case OccurrenceStatus.Pending _, OccurrenceStatus.Firing _ -> "";
      case OccurrenceStatus.Fired(TaskId task, Instant at) ->
          at.toEpochMilli() + " " + task.value();
      case OccurrenceStatus.Cancelled(Instant at) -> at.toEpochMilli() + " ";
      case OccurrenceStatus.Dropped(Instant at, String reason) -> at.toEpochMilli() + " " + reason;
    };
  }

  public static OccurrenceStatus read(String word, String detail) {
    return switch (word) {
      case PENDING -> new OccurrenceStatus.Pending();
      case FIRING -> new OccurrenceStatus.Firing();
      case FIRED ->
          new OccurrenceStatus.Fired(new TaskId(Long.parseLong(rest(detail))), at(detail));
      case CANCELLED -> new OccurrenceStatus.Cancelled(at(detail));
      case DROPPED -> new OccurrenceStatus.Dropped(at(detail), rest(detail));
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
