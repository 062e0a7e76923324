// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.request;

import dev.boomerang.model.push.TaskId;
import java.util.Optional;

/// Reads the parameter `TaskId`: decimal digits, as pushes answer it.
public final class TaskIdParam {
  public static final String NAME = "TaskId";

  private TaskIdParam() {}

  public static Optional<TaskId> read(ActionParams params) {
    return params
        .text(NAME)
        .map(
            text ->
                TaskId.parse(text.strip())
                    .orElseThrow(() -> ActionParams.invalid(NAME, "must be a decimal task id")));
  }

  public static TaskId required(ActionParams params) {
    return read(params).orElseThrow(() -> ActionParams.invalid(NAME, "must not be blank"));
  }
}
