// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import java.util.Map;
import java.util.Optional;

/// A dialect as its callers use it. Tasks go by our own number, whatever the dialect calls them.
interface Door {

  /// Pushes a notification of this title so that it reaches `device`; returns the task.
  @FunctionalInterface
  interface Way {
    long push(HiveDevice device, String title) throws Exception;
  }

  /// Takes a task back, for this device at least.
  @FunctionalInterface
  interface Recall {
    void of(long task, HiveDevice device) throws Exception;
  }

  /// How many devices a task has arrived at.
  @FunctionalInterface
  interface Arrivals {
    long of(long task) throws Exception;
  }

  /// Pushes a notification in the place of a task; returns the new task.
  @FunctionalInterface
  interface Replacement {
    long of(long older, HiveDevice device, String title) throws Exception;
  }

  String name();

  /// Every kind of push it has, by name.
  Map<String, Way> ways();

  Recall recall();

  Arrivals arrivals();

  /// Empty where the dialect has no call that names an earlier message.
  Optional<Replacement> override();
}
