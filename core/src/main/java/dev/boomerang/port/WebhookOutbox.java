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

/// What is still to be said to callbacks ([Task#webhook]). A note is written by
/// [DeliveryStore#apply], [TaskStore#accept] and [TaskStore#add], in the step that stores the state
/// it tells of ([dev.boomerang.lifecycle.WebhookEvent]), if the task's callback asks for its event.
/// What moves whole broadcasts ([BroadcastStore#recall], [BroadcastStore#expire] and others there)
/// writes none.
///
/// Each task's notes are a queue, in the order in which they were written. A node that says them
/// takes the head under a lease, so that no two nodes say the same at once. They are cleared with
/// their task.
public interface WebhookOutbox {

  /// `number` counts a task's notes from 1, without gaps. `at`: when we learned of it. `cause` is
  /// empty where there is none.
  record PendingEvent(
      long number,
      RegistrationId registration,
      Webhook.EventType eventType,
      Instant at,
      String cause) {}

  /// The head of a task's queue, taken until `until`. It is the same notes, however often they are
  /// taken, until they are sent or given up. `attempt` is how often in a row saying them failed.
  record Batch(Task task, List<PendingEvent> pendingEvents, int attempt, Instant until) {
    public Batch {
      pendingEvents = List.copyOf(pendingEvents);
    }
  }

  /// Tasks whose queue has something to be said at `now`, the longest overdue first.
  List<TaskId> due(Instant now, int limit);

  /// Takes at most `most` notes of a task, if it is due at `now`; it is not due again before
  /// `until`.
  Optional<Batch> claim(TaskId task, Instant now, Instant until, int most);

  /// A batch was said: its notes go. What is behind them is due at `now`. Changes nothing if the
  /// batch's lease is over and somebody else has taken it.
  void delivered(Batch batch, Instant now);

  /// A batch could not be said: the task is due again at `again`. Notes of before `giveUp` go, in
  /// the batch and behind it. Returns how many went; none if somebody else has taken the batch.
  int failed(Batch batch, Instant again, Instant giveUp);

  /// A batch was not tried: the task is due again at `again`, and nothing is counted.
  void postpone(Batch batch, Instant again);

  /// How many notes wait, in all queues.
  long pendingCount();
}
