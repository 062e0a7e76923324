// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.DeviceConnection;
import java.util.ArrayList;
import java.util.List;

/// A device that keeps what it is given.
final class Phone implements DeviceConnection {
  private final World world;
  private final Registration registration;
  private final List<DeliveryAttempt> got = new ArrayList<>();
  private final List<DeliveryId> withdrawn = new ArrayList<>();

  Phone(World world, Registration registration) {
    this.world = world;
    this.registration = registration;
  }

  /// Connects as what it is by now, and takes what is waiting.
  Phone connect() {
    world
        .engine
        .devices()
        .connected(
            world.engine.registrations().find(registration.app(), registration.id()).orElseThrow(),
            this);
    read();
    return this;
  }

  Phone leave() {
    world.engine.devices().disconnected(registration.id(), this);
    return this;
  }

  private void read() {
    keep(world.engine.devices().mailbox(registration.id(), TaskId.NONE, 1_000).deliveryAttempts());
  }

  private void keep(List<DeliveryAttempt> deliveryAttempts) {
    got.addAll(deliveryAttempts);
    deliveryAttempts.forEach(
        deliveryAttempt -> world.engine.devices().acknowledged(deliveryAttempt.delivery()));
    world.engine.awaitIdle();
  }

  /// Bodies of what came, in its order.
  List<String> bodies() {
    return contents().stream().map(Notification::body).toList();
  }

  List<Notification> contents() {
    return got.stream().map(DeliveryAttempt::content).map(Phone::notification).toList();
  }

  private static Notification notification(Content content) {
    return switch (content) {
      case Notification notification -> notification;
      case Content.DataMessage _, Content.NotificationWithData _, Content.PerPlatform _ ->
          throw new AssertionError(content);
    };
  }

  int withdrawn() {
    return withdrawn.size();
  }

  @Override
  public boolean offer(DeliveryAttempt deliveryAttempt) {
    keep(List.of(deliveryAttempt));
    return true;
  }

  @Override
  public void mailboxChanged() {
    read();
  }

  @Override
  public void cancel(List<DeliveryId> deliveries) {}

  @Override
  public void withdraw(List<DeliveryId> deliveries) {
    withdrawn.addAll(deliveries);
  }

  @Override
  public void close(CloseReason why) {}
}
