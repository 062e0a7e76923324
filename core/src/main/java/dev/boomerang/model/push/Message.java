// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import java.util.Optional;

/// A message is one target's part of a task. `number` counts from 0 within the task; `deliveries`
/// is how many registrations it reached. `content` takes the place of the task's for these. A
/// broadcast and an open task have one message, for the target "" ([#EVERYONE]).
public record Message(
    TaskId task,
    int number,
    String target,
    Optional<String> messageId,
    int deliveries,
    Optional<Content> content) {

  public static final String EVERYONE = "";

  /// Returns this message with `moreDeliveries` added.
  public Message plus(int moreDeliveries) {
    return new Message(task, number, target, messageId, deliveries + moreDeliveries, content);
  }
}
