// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.text.Preconditions;

/// A place on a device that shows one message at a time: a newer one takes an older one's place. A
/// task that names none has a slot of its own, called like the task.
public record CollapseKey(String value) {
  /// Keeps a caller's names apart from the keys that stand for tasks.
  private static final String NAMED = "n:";

  public CollapseKey {
    Preconditions.checkText("slot", value, 1, 128);
  }

  public static CollapseKey of(TaskId task) {
    return new CollapseKey(task.toString());
  }

  /// The slot a caller calls `name`.
  public static CollapseKey named(String name) {
    return new CollapseKey(NAMED + name);
  }

  @Override
  public String toString() {
    return value;
  }
}
