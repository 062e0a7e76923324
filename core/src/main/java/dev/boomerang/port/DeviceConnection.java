// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import java.util.List;
import java.util.Optional;

/// Represents a live connection of a registration to this node, as the engine sees it. The
/// gateway's session implements it. No method blocks, and none throws.
public interface DeviceConnection {

  /// Offers a delivery to be written to the device. `attempt` is the number of this delivery
  /// attempt; `firstAttempt` says that no earlier one ever took place, so that one that is not sent
  /// has certainly never left us. `content` is the task's or its target's own, for the device's
  /// platform; `collapseKey` is there if it overrides another delivery.
  record DeliveryAttempt(
      DeliveryId delivery,
      Task task,
      Content content,
      Optional<CollapseKey> collapseKey,
      int attempt,
      boolean firstAttempt) {

    public static DeliveryAttempt of(
        Delivery delivery, Task task, Content content, int attempt, boolean firstAttempt) {
      return new DeliveryAttempt(
          delivery.id(),
          task,
          content.on(delivery.platform()),
          Optional.ofNullable(task.collapseKeys().get(delivery.platform())),
          attempt,
          firstAttempt);
    }

    public DeliveryAttempt retry(int newAttempt) {
      return new DeliveryAttempt(delivery, task, content, collapseKey, newAttempt, firstAttempt);
    }
  }

  /// Gives the session a delivery to write. Returns false if it cannot hold it now (its queue is
  /// full, or it is still reading its mailbox); it then reads the mailbox again by itself.
  boolean offer(DeliveryAttempt deliveryAttempt);

  /// Tells the session that something is in the mailbox that was not offered to it.
  void mailboxChanged();

  /// Takes deliveries off the device. The session drops those that it has not written yet and
  /// reports them as not sent.
  void withdraw(List<DeliveryId> deliveries);

  /// Drops deliveries that the session has not written yet and reports them as not sent. The device
  /// is told nothing.
  void cancel(List<DeliveryId> deliveries);

  /// Tells the device why, and closes the connection.
  void close(CloseReason why);

  enum CloseReason {
    TAKEN_OVER,
    REGISTRATION_GONE,
    /// The device connected with a secret that is no longer the registration's.
    SECRET_REPLACED,
    SERVER_STOPS
  }
}
