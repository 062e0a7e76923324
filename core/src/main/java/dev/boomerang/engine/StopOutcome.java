// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.Task;

/// The answer to a stop.
public sealed interface StopOutcome {

  /// The task is stopped, now or since before, or had nothing left to stop; its counts say what
  /// that achieved.
  record Stopped(Task task) implements StopOutcome {}

  /// The app has no such task.
  record NotFound() implements StopOutcome {}
}
