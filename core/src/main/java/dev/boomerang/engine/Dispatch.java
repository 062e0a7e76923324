// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Message;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment;
import dev.boomerang.port.Attachment.Handover;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Cover;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Hands freshly stored deliveries to the sessions of this node. What it hands over are hints: the
/// store already has the truth, so a hint that finds nobody costs latency, never a message.
final class Dispatch {
  private final Attachments attachments;
  private final Deliveries deliveries;
  private final Fence fence;
  private final Clock clock;

  Dispatch(Attachments attachments, Deliveries deliveries, Fence fence, Clock clock) {
    this.attachments = attachments;
    this.deliveries = deliveries;
    this.fence = fence;
    this.clock = clock;
  }

  /// A newer task has their place: what of them is still with us stays with us. The fence holds
  /// what is read from the store at this moment; what sessions have queued already they drop.
  void overridden(List<DeliveryId> overridden) {
    overridden.stream()
        .collect(Collectors.groupingBy(DeliveryId::task))
        .forEach((task, ids) -> fence.shut(task, ids, clock.instant()));
    for (DeliveryId id : overridden) {
      attachments.of(id.registration()).ifPresent(attachment -> attachment.drop(List.of(id)));
    }
  }

  /// A task is stopped, as stored: what is still with us stays with us, also with the sessions of
  /// these registrations.
  void stopped(TaskId task, Collection<RegistrationId> held) {
    fence.shut(task, clock.instant());
    for (RegistrationId id : held) {
      List<DeliveryId> dropped = List.of(new DeliveryId(task, id));
      attachments.of(id).ifPresent(attachment -> attachment.drop(dropped));
    }
  }

  void stored(Acceptance acceptance) {
    Task task = acceptance.task();
    for (Delivery delivery : acceptance.deliveries()) {
      Message message = acceptance.messages().get(delivery.message());
      stored(task, message.content().orElse(task.content()), delivery);
    }
    if (acceptance.cover().filter(cover -> !(cover instanceof Cover.Paced)).isPresent()) {
      nudgeOthers(acceptance);
    }
  }

  /// More of an open task.
  void added(Task task, List<Delivery> fresh) {
    fresh.forEach(delivery -> stored(task, task.content(), delivery));
  }

  /// After storing, look again: devices may have connected meanwhile.
  private void nudgeOthers(Acceptance acceptance) {
    Set<RegistrationId> offered =
        acceptance.deliveries().stream()
            .map(delivery -> delivery.id().registration())
            .collect(Collectors.toSet());
    for (Attachments.Live live : attachments.of(acceptance.task().app())) {
      if (!offered.contains(live.registration())) {
        live.attachment().nudge();
      }
    }
  }

  private void stored(Task task, Content content, Delivery delivery) {
    Optional<Attachment> attachment = attachments.of(delivery.id().registration());
    if (delivery.state() instanceof Sending claimed) {
      var handover = Handover.of(delivery, task, content, claimed.attempt(), true);
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
