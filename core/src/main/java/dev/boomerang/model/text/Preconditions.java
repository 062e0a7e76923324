// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

/// Guards of the model's compact constructors. What fails here is a fault of our own code: callers'
/// input is checked at the door, where a message can name the caller's field.
public final class Preconditions {
  private Preconditions() {}

  public static void checkText(String what, String value, int min, int max) {
    int length = Characters.count(value);
    if (length < min || length > max) {
      throw new IllegalArgumentException(
          what + " must have " + min + " to " + max + " characters, has " + length);
    }
  }

  public static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
