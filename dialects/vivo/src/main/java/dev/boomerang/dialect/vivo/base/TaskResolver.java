// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import dev.boomerang.engine.report.Tasks;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;

/// Finds the task that a call names, whichever dialect it came by.
public final class TaskResolver {
  private static final int MAX_TASK_ID = 512;

  private final Tasks tasks;

  public TaskResolver(Tasks tasks) {
    this.tasks = tasks;
  }

  /// Returns the task of the field `taskId`. Throws a [VivoException] if the app has no such task.
  public Task require(AuthenticatedCall call) {
    String id = call.fields().requiredText("taskId", MAX_TASK_ID).strip();
    return TaskId.parse(id)
        .flatMap(parsed -> tasks.find(call.appId(), parsed))
        .orElseThrow(TaskResolver::unknownTask);
  }

  /// Returns the error for a task that the app does not have.
  public static VivoException unknownTask() {
    return new VivoException(VivoError.TASK, "there is no such task");
  }
}
