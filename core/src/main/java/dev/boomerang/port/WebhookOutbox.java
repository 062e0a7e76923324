// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.RegistrationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores the events that webhooks ([Task#webhook]) are still to receive. An event is written by
/// [DeliveryStore#apply], [TaskStore#accept] and [TaskStore#add], in the step that stores the state
/// it follows from ([dev.boomerang.lifecycle.WebhookEvent]), if the task's webhook asks for its
/// type. What moves whole broadcasts ([BroadcastStore#recall], [BroadcastStore#expire] and others
/// there) writes none.
///
/// Each task's events are a queue, in the order in which they were written. A node that delivers
/// them claims the head under a lease, so that no two nodes deliver the same at once. They are
/// cleared with their task.
public interface WebhookOutbox {

  /// Holds one event that waits. `number` counts a task's events from 1, without gaps. `at` is when
  /// we learned of it. `cause` is empty where there is none.
  record PendingEvent(
      long number,
      RegistrationId registration,
      Webhook.EventType eventType,
      Instant at,
      String cause) {}

  /// Holds the head of a task's queue, claimed until `until`. It has the same events, however often
  /// they are claimed, until they are delivered or given up. `attempt` is how often in a row
  /// delivering them failed.
  record Batch(Task task, List<PendingEvent> pendingEvents, int attempt, Instant until) {
    public Batch {
      pendingEvents = List.copyOf(pendingEvents);
    }
  }

  /// Returns tasks whose queue has something to deliver at `now`, the longest overdue first.
  List<TaskId> due(Instant now, int limit);

  /// Claims at most `most` events of a task, if it is due at `now`; it is not due again before
  /// `until`.
  Optional<Batch> claim(TaskId task, Instant now, Instant until, int most);

  /// Removes a batch's events, which were delivered. What is behind them is due at `now`. Changes
  /// nothing if the batch's lease is over and another node has claimed it.
  void delivered(Batch batch, Instant now);

  /// Stores that a batch could not be delivered: the task is due again at `again`. Events from
  /// before `giveUp` are removed, in the batch and behind it. Returns how many were removed; none
  /// if another node has claimed the batch.
  int failed(Batch batch, Instant again, Instant giveUp);

  /// Puts off a batch that was not tried: the task is due again at `again`, and no failure is
  /// counted.
  void postpone(Batch batch, Instant again);

  /// Returns how many events wait, in all queues.
  long pendingCount();
}
