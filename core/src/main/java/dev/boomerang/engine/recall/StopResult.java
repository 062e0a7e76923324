// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.recall;

import dev.boomerang.model.push.Task;

/// Says what a stop came to.
public sealed interface StopResult {

  /// The task is stopped, now or since before, or had nothing left to stop; its counts say what
  /// that achieved.
  record Stopped(Task task) implements StopResult {}

  /// The app has no such task.
  record NotFound() implements StopResult {}
}
