// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.model.push.TaskId;
import java.util.Optional;

/// The parameter `TaskId`: decimal digits, as pushes answer it.
final class TaskIdParam {
  static final String NAME = "TaskId";

  private TaskIdParam() {}

  static Optional<TaskId> read(Args args) {
    return args.text(NAME)
        .map(
            text ->
                TaskId.parse(text.strip())
                    .orElseThrow(() -> Args.invalid(NAME, "must be a decimal task id")));
  }

  static TaskId filled(Args args) {
    return read(args).orElseThrow(() -> Args.invalid(NAME, "must not be blank"));
  }
}
