// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.model.Schedule;
import dev.boomerang.model.TaskId;
import java.util.Optional;

/// What a schedule of ours has as its note.
final class Drafts {
  /// It waits for its second call, and is then pushed at once.
  static final String PREPARED = "prepared";

  /// It waits for its second call, and then for its time.
  static final String PREPARED_FOR_LATER = "prepared-for-later";

  /// Its second call will come in vain.
  static final String CANCELLED = "cancelled";

  /// It waits for its time.
  static final String PLANNED = "";

  private static final String LAUNCHED = "task:";

  private Drafts() {}

  static String launched(TaskId task) {
    return LAUNCHED + task;
  }

  static boolean isPrepared(Schedule schedule) {
    return schedule.note().equals(PREPARED) || schedule.note().equals(PREPARED_FOR_LATER);
  }

  /// The task it became when it was launched.
  static Optional<TaskId> launched(Schedule schedule) {
    return schedule.note().startsWith(LAUNCHED)
        ? TaskId.parse(schedule.note().substring(LAUNCHED.length()))
        : Optional.empty();
  }
}
