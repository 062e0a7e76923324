// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.time.Duration;

/// Names the earlier push that a push replaces.
public sealed interface OverrideTarget {

  /// That of an earlier push of the app, which must have been accepted within `window` before. Any
  /// push of a chain stands for the chain.
  record EarlierTask(TaskId task, Duration window) implements OverrideTarget {}

  /// That of whatever was pushed under this name before, if anything was.
  record Key(String name) implements OverrideTarget {}
}
