// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.DeviceConnection;
import java.util.ArrayList;
import java.util.List;

/// A device that is connected, takes everything and acknowledges it.
public final class GetuiDevice implements DeviceConnection {
  private final GetuiFixture world;
  private final Registration registration;
  private final List<DeliveryAttempt> got = new ArrayList<>();
  private final List<DeliveryId> withdrawn = new ArrayList<>();

  GetuiDevice(GetuiFixture world, Registration registration) {
    this.world = world;
    this.registration = registration;
  }

  GetuiDevice connect() {
    world.engine.devices().connected(registration, this);
    mailboxChanged();
    return this;
  }

  public void leave() {
    world.engine.devices().disconnected(registration.id(), this);
  }

  public String cid() {
    return registration.id().value();
  }

  public List<TaskId> tasks() {
    return got.stream().map(deliveryAttempt -> deliveryAttempt.task().id()).toList();
  }

  public List<Content> contents() {
    return got.stream().map(DeliveryAttempt::content).toList();
  }

  public List<TaskId> withdrawn() {
    return withdrawn.stream().map(DeliveryId::task).toList();
  }

  private void keep(List<DeliveryAttempt> deliveryAttempts) {
    got.addAll(deliveryAttempts);
    deliveryAttempts.forEach(
        deliveryAttempt -> world.engine.devices().acknowledged(deliveryAttempt.delivery()));
    world.engine.awaitIdle();
  }

  @Override
  public boolean offer(DeliveryAttempt deliveryAttempt) {
    keep(List.of(deliveryAttempt));
    return true;
  }

  @Override
  public void mailboxChanged() {
    keep(world.engine.devices().mailbox(registration.id(), TaskId.NONE, 1_000).attempts());
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
