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

/// A live connection of a registration to this node, as the engine sees it. Implemented by the
/// gateway's session. No method blocks, and none throws.
public interface DeviceConnection {

  /// A delivery to be written to the device. `attempt` is the number of this hand-over; `fresh`
  /// says that no earlier one ever took place, so that an unwritten one certainly never left us.
  /// `content` is the task's, or the one its target has of its own, for the device's platform;
  /// `slot` is there if it takes another's place.
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

  /// Gives the session a delivery to write. False if it cannot hold it now (its queue is full, or
  /// it is still reading its mailbox); it then reads the mailbox again by itself.
  boolean offer(DeliveryAttempt deliveryAttempt);

  /// Something was put into the mailbox that was not offered.
  void mailboxChanged();

  /// Takes these off the device. Those the session has not written yet it drops and reports
  /// unwritten.
  void withdraw(List<DeliveryId> deliveries);

  /// Drops those of these that the session has not written yet and reports them unwritten. Nothing
  /// is said to the device.
  void cancel(List<DeliveryId> deliveries);

  /// Says why, and closes.
  void close(CloseReason why);

  enum CloseReason {
    TAKEN_OVER,
    REGISTRATION_GONE,
    /// It connected with a secret that is no longer the registration's.
    SECRET_REPLACED,
    SERVER_STOPS
  }
}
