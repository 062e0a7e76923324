// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.RegistrationId;
import java.time.Duration;
import java.time.Instant;

/// A standing order to take something back. There is at most one per task and scope: asking again
/// finds the first.
public record Recall(RecallId id, AppId app, TaskId task, Scope scope, Instant askedAt) {

  /// The time after acceptance in which a message can be recalled, and for which a withdraw command
  /// waits for its device. Source: mPaaS "消息撤回": only messages of the last 7 days.
  public static final Duration WINDOW = Duration.ofDays(7);

  public sealed interface Scope {

    /// Returns whether it also covers what is still to be added to an open task, which has one
    /// message.
    default boolean isOfAll() {
      return switch (this) {
        case WholeTask _, OneMessage _ -> true;
        case OneDelivery _ -> false;
      };
    }

    record WholeTask() implements Scope {}

    /// Recalls one target's part of the task, by its number.
    record OneMessage(int number) implements Scope {}

    record OneDelivery(RegistrationId registration) implements Scope {}
  }
}
