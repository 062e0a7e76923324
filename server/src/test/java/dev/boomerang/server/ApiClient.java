// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import java.util.Map;
import java.util.Optional;

/// A dialect as its callers use it. Tasks go by our own number, whatever the dialect calls them.
interface ApiClient {

  /// Pushes a notification of this title so that it reaches `device` alone, or it among all;
  /// returns the task, or [#UNNUMBERED] where the dialect's name for it does not tell our number.
  @FunctionalInterface
  interface Way {
    long UNNUMBERED = 0;

    long push(HiveMqttDevice device, String title) throws Exception;
  }

  /// Takes a task back, for this device at least.
  @FunctionalInterface
  interface Recall {
    void of(long task, HiveMqttDevice device) throws Exception;
  }

  /// How a task turned out: whom it was for, at how many of these it arrived, how many opened it.
  record Counts(long targets, long arrived, long opened) {
    static final long UNTOLD = -1;

    /// As far as the other tells.
    boolean agreesWith(Counts other) {
      return targets == other.targets
          && arrived == other.arrived
          && (opened == UNTOLD || other.opened == UNTOLD || opened == other.opened);
    }
  }

  @FunctionalInterface
  interface Report {
    Counts of(long task) throws Exception;
  }

  /// Whether a task has arrived at a device.
  @FunctionalInterface
  interface Arrival {
    boolean of(long task, HiveMqttDevice device) throws Exception;
  }

  /// Pushes a notification in the place of a task; returns the new task.
  @FunctionalInterface
  interface Replacement {
    long of(long older, HiveMqttDevice device, String title) throws Exception;
  }

  /// Pushes a notification of an id of the app's own, which takes the place of the one before that
  /// has the same.
  @FunctionalInterface
  interface Numbered {
    long push(int id, HiveMqttDevice device, String title) throws Exception;
  }

  String name();

  /// Every kind of push it has, by name.
  Map<String, Way> ways();

  /// Empty where the dialect has no call for it.
  Optional<Recall> recall();

  Report report();

  /// Empty where the dialect does not tell of single devices.
  default Optional<Arrival> arrival() {
    return Optional.empty();
  }

  /// Empty where the dialect has no call that names an earlier message.
  default Optional<Replacement> override() {
    return Optional.empty();
  }

  /// Empty where its notifications have no such id on Android.
  default Optional<Numbered> numbered() {
    return Optional.empty();
  }
}
