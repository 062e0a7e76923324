// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.ScheduleId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Is a task's name as Getui's callers know it: `RASS_MMdd_x` and similar forms, where `x` is 32
/// hexadecimal digits. They are the task's number, or, for a push that waits for its time or for a
/// second call, the id of its schedule; the first digits tell the two apart.
///
/// Sources: Getui "V1 server SDK" (`OSS-`, `OSL-`, `OSA-`), "RestAPI V2" (`RASS_`, `RASL_`,
/// `RASA_`).
public record GetuiTaskId(Kind kind, Id id, Instant createdAt) {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMdd", Locale.ROOT);
  private static final int DIGITS = 32;

  /// Fills up a task's number: task numbers are below 2^53, so they have 14 digits at most.
  private static final String ZEROS = "0".repeat(18);

  /// Lists the kinds of tasks, each with its letter in names.
  public enum Kind {
    SINGLE('S'),
    LIST('L'),
    APP('A');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /// Is what a name stands for.
  public sealed interface Id {}

  public record OfTask(TaskId task) implements Id {}

  public record OfSchedule(ScheduleId schedule) implements Id {}

  public static GetuiTaskId of(Kind kind, TaskId task, Instant createdAt) {
    return new GetuiTaskId(kind, new OfTask(task), createdAt);
  }

  public static GetuiTaskId of(Kind kind, ScheduleId schedule, Instant createdAt) {
    return new GetuiTaskId(kind, new OfSchedule(schedule), createdAt);
  }

  /// Returns the name in the form of the V1 protocols: `OSS-1121_…`.
  public String v1(ZoneId zone) {
    return "OS" + kind.letter + "-" + suffix(zone);
  }

  /// Returns the name in the form of REST V2: `RASS_1121_…`.
  public String v2(ZoneId zone) {
    return "RAS" + kind.letter + "_" + suffix(zone);
  }

  /// Returns the day in the zone of the settings and the 32 digits. The day is for people; [#parse]
  /// does not read it.
  private String suffix(ZoneId zone) {
    String digits =
        switch (id) {
          case OfTask(TaskId task) -> padded(Long.toHexString(task.value()));
          case OfSchedule(ScheduleId schedule) -> schedule.value();
        };
    return DAY.format(createdAt.atZone(zone)) + "_" + digits;
  }

  private static String padded(String hex) {
    return "0".repeat(DIGITS - hex.length()) + hex;
  }

  /// Returns what a name that a caller sent stands for: any of the forms, or a task's bare number.
  public static Optional<Id> parse(String text) {
    int separator = text.lastIndexOf('_');
    if (separator < 0) {
      return TaskId.parse(text).map(OfTask::new);
    }
    String digits = text.substring(separator + 1);
    if (digits.length() != DIGITS
        || !text.substring(0, separator).matches("[A-Z]{3,4}[-_]\\d{4}")) {
      return Optional.empty();
    }
    return ScheduleId.parse(digits)
        .flatMap(schedule -> digits.startsWith(ZEROS) ? taskId(digits) : scheduleId(schedule));
  }

  /// Returns the task whose number these digits are; empty if no task can have it.
  private static Optional<Id> taskId(String digits) {
    return TaskId.parse(Long.toString(Long.parseLong(digits.substring(ZEROS.length()), 16)))
        .map(OfTask::new);
  }

  private static Optional<Id> scheduleId(ScheduleId schedule) {
    return Optional.of(new OfSchedule(schedule));
  }
}
