// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Task;
import java.util.List;
import java.util.Optional;

/// A live connection of a registration to this node, as the engine sees it. Implemented by the
/// gateway's session. No method blocks, and none throws.
public interface Attachment {

  /// A delivery to be written to the device. `attempt` is the number of this hand-over; `fresh`
  /// says that no earlier one ever took place, so that an unwritten one certainly never left us.
  /// `content` is the task's, or the one its target has of its own, for the device's platform;
  /// `slot` is there if it takes another's place.
  record Handover(
      DeliveryId delivery,
      Task task,
      Content content,
      Optional<Slot> slot,
      int attempt,
      boolean fresh) {

    public static Handover of(
        Delivery delivery, Task task, Content content, int attempt, boolean fresh) {
      return new Handover(
          delivery.id(),
          task,
          content.on(delivery.platform()),
          Optional.ofNullable(task.slots().get(delivery.platform())),
          attempt,
          fresh);
    }

    public Handover again(int newAttempt) {
      return new Handover(delivery, task, content, slot, newAttempt, fresh);
    }
  }

  /// Gives the session a delivery to write. False if it cannot hold it now (its queue is full, or
  /// it is still reading its mailbox); it then reads the mailbox again by itself.
  boolean offer(Handover handover);

  /// Something was put into the mailbox that was not offered.
  void nudge();

  /// Takes these off the device. Those the session has not written yet it drops and reports
  /// unwritten.
  void withdraw(List<DeliveryId> deliveries);

  /// Drops those of these that the session has not written yet and reports them unwritten. Nothing
  /// is said to the device.
  void drop(List<DeliveryId> deliveries);

  /// Says why, and closes.
  void end(End why);

  enum End {
    TAKEN_OVER,
    REGISTRATION_GONE,
    /// It connected with a secret that is no longer the registration's.
    SECRET_REPLACED,
    SERVER_STOPS
  }
}
