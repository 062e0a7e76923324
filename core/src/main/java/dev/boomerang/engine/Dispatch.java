// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.model.Task;
import dev.boomerang.port.Attachment;
import dev.boomerang.port.Attachment.Handover;
import dev.boomerang.port.DeliveryStore.Change;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Hands freshly stored deliveries to the sessions of this node. What it hands over are hints: the
/// store already has the truth, so a hint that finds nobody costs latency, never a message.
final class Dispatch {
  private final Attachments attachments;
  private final Deliveries deliveries;
  private final Clock clock;

  Dispatch(Attachments attachments, Deliveries deliveries, Clock clock) {
    this.attachments = attachments;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  void stored(Task task, List<Delivery> fresh) {
    fresh.forEach(delivery -> stored(task, delivery));
  }

  private void stored(Task task, Delivery delivery) {
    Optional<Attachment> attachment = attachments.of(delivery.id().registration());
    if (delivery.state() instanceof Sending claimed) {
      var handover = new Handover(delivery.id(), task, claimed.attempt(), true);
      if (attachment.isEmpty() || !attachment.get().offer(handover)) {
        deliveries.note(
            new Change(delivery.id(), new Unwritten(clock.instant(), claimed.attempt())));
        attachments.of(delivery.id().registration()).ifPresent(Attachment::nudge);
      }
    } else if (delivery.state() instanceof Queued) {
      // After storing, look again: the device may have connected meanwhile.
      attachment.ifPresent(Attachment::nudge);
    }
  }
}
