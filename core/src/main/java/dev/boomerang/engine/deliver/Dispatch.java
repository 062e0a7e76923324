// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeviceConnection;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.BroadcastAudience;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Offers deliveries that have just been stored to the sessions of this node. An offer is a hint:
/// the store already has the truth, so one that finds nobody costs latency, never a message.
public final class Dispatch {
  private final Connections connections;
  private final Deliveries deliveries;
  private final Fence fence;
  private final Clock clock;

  public Dispatch(Connections connections, Deliveries deliveries, Fence fence, Clock clock) {
    this.connections = connections;
    this.deliveries = deliveries;
    this.fence = fence;
    this.clock = clock;
  }

  /// Keeps back deliveries that a newer task overrode. The fence holds what is read from the store
  /// at this moment; sessions drop what they have queued already.
  public void overridden(List<DeliveryId> overridden) {
    overridden.stream()
        .collect(Collectors.groupingBy(DeliveryId::task))
        .forEach((task, ids) -> fence.shut(task, ids, clock.instant()));
    for (DeliveryId id : overridden) {
      connections
          .of(id.registration())
          .ifPresent(deviceConnection -> deviceConnection.cancel(List.of(id)));
    }
  }

  /// Keeps back a task that is stopped in the store, also what the sessions of these registrations
  /// have queued.
  public void stopped(TaskId task, Collection<RegistrationId> registrations) {
    fence.shut(task, clock.instant());
    for (RegistrationId id : registrations) {
      List<DeliveryId> dropped = List.of(new DeliveryId(task, id));
      connections.of(id).ifPresent(deviceConnection -> deviceConnection.cancel(dropped));
    }
  }

  public void stored(Acceptance acceptance) {
    Task task = acceptance.task();
    for (Delivery delivery : acceptance.deliveries()) {
      Message message = acceptance.messages().get(delivery.message());
      stored(task, message.content().orElse(task.content()), delivery);
    }
    if (acceptance
        .broadcast()
        .filter(broadcastAudience -> !(broadcastAudience instanceof BroadcastAudience.Paced))
        .isPresent()) {
      notifyOthers(acceptance);
    }
  }

  /// Offers deliveries that were added to an open task.
  public void added(Task task, List<Delivery> added) {
    added.forEach(delivery -> stored(task, task.content(), delivery));
  }

  /// Tells the sessions that got no offer to look at their mailboxes again, because devices may
  /// have connected while the broadcast was stored.
  private void notifyOthers(Acceptance acceptance) {
    Set<RegistrationId> offered =
        acceptance.deliveries().stream()
            .map(delivery -> delivery.id().registration())
            .collect(Collectors.toSet());
    for (Connections.LocalConnection localConnection : connections.of(acceptance.task().app())) {
      if (!offered.contains(localConnection.registration())) {
        localConnection.deviceConnection().mailboxChanged();
      }
    }
  }

  private void stored(Task task, Content content, Delivery delivery) {
    Optional<DeviceConnection> deviceConnection = connections.of(delivery.id().registration());
    if (delivery.state() instanceof Sending claimed) {
      var deliveryAttempt = DeliveryAttempt.of(delivery, task, content, claimed.attempt(), true);
      if (deviceConnection.isEmpty() || !deviceConnection.get().offer(deliveryAttempt)) {
        deliveries.enqueue(
            new Change(delivery.id(), new NotSent(clock.instant(), claimed.attempt())));
        connections.of(delivery.id().registration()).ifPresent(DeviceConnection::mailboxChanged);
      }
    } else if (delivery.state() instanceof Queued) {
      // After storing, look again: the device may have connected meanwhile.
      deviceConnection.ifPresent(DeviceConnection::mailboxChanged);
    }
  }
}
