// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.util.Optional;

/// What a dialect has to know of a task of its own again. It travels with the push and is kept with
/// the task; the engine compares it and never reads it.
public sealed interface SourceDetail {

  /// Nothing: the task is told by its [Source] alone.
  record None() implements SourceDetail {}

  /// Which of Getui's calls made the task, and what it takes back if it is a revoking one.
  record Getui(Call call, Optional<Revocation> revocation) implements SourceDetail {
    public enum Call {
      SINGLE,
      LIST,
      APP
    }
  }

  /// An order to take back what the task called `oldTask` brought; with `force`, everything of the
  /// app where it brought nothing.
  record Revocation(String oldTask, boolean force) {}

  /// `system` tells the message from an operational one; `test` is for test devices only;
  /// `rejected` by the review, which the caller learns when it asks.
  record Vivo(boolean system, boolean test, boolean rejected) implements SourceDetail {}

  SourceDetail NONE = new None();
}
