// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores deliveries and their states, those of broadcasts included ([BroadcastStore]). A state
/// changes in [#apply], and for whole broadcasts in [BroadcastStore#recall], [BroadcastStore#stop]
/// and [BroadcastStore#expire], and nowhere else.
public interface DeliveryStore {

  /// Pairs a delivery with what happened to it.
  record Change(DeliveryId id, DeliveryEvent event) {}

  /// Holds a delivery with the task it belongs to and what it says: the task's content, or its
  /// target's own.
  record MailboxEntry(Delivery delivery, Task task, Content content) {}

  /// Applies [dev.boomerang.lifecycle.Lifecycle] to each change, each in a step of its own that no
  /// other writer can come between, and stores the new state with its place in the timeline.
  /// Changes of one delivery are applied in the order given. Returns one transition per change, in
  /// order.
  List<Transition> apply(List<Change> changes);

  Optional<Delivery> find(DeliveryId id);

  /// Returns a task's deliveries in the order of their registration ids, those after `after` (empty
  /// text: from the beginning).
  List<Delivery> ofTask(TaskId task, String after, int limit);

  /// Returns how many of a task's deliveries have each status; a status that none has is absent.
  Map<DeliveryStatus, Integer> counts(TaskId task);

  /// Returns what a registration's device can be given at `now` ([Delivery#isDeliverable]) of tasks
  /// after `after`, not expired, oldest task first.
  List<MailboxEntry> mailbox(RegistrationId registration, TaskId after, Instant now, int limit);

  /// Returns a registration's deliveries that may still be handed to their channel
  /// ([dev.boomerang.lifecycle.DeliveryState#isUndelivered]), deferred ones included, of tasks
  /// after `after`, not expired at `now`, oldest task first.
  List<DeliveryId> undelivered(RegistrationId registration, TaskId after, Instant now, int limit);

  /// Returns a registration's deliveries that are `Recalling`, of tasks after `after`, oldest task
  /// first.
  List<DeliveryId> recalling(RegistrationId registration, TaskId after, int limit);

  /// Returns what a registration may have unopened and no longer waits for
  /// ([dev.boomerang.lifecycle.DeliveryState#isOnDevice]), of tasks after `after`, oldest task
  /// first.
  List<DeliveryId> onDevice(RegistrationId registration, TaskId after, int limit);

  /// Returns deliveries whose time ([Delivery#deadline]) has come at `now`, the longest overdue
  /// first.
  List<DeliveryId> due(Instant now, int limit);

  /// Returns deliveries that were deferred until `now` or before
  /// ([dev.boomerang.lifecycle.DeliveryState.Queued#notBefore]), the longest overdue first.
  List<DeliveryId> retryDue(Instant now, int limit);
}
