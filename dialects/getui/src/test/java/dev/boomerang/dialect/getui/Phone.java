// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Registration;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment;
import java.util.ArrayList;
import java.util.List;

/// A device that is connected, takes everything and acknowledges it.
public final class Phone implements Attachment {
  private final World world;
  private final Registration registration;
  private final List<Handover> got = new ArrayList<>();
  private final List<DeliveryId> withdrawn = new ArrayList<>();

  Phone(World world, Registration registration) {
    this.world = world;
    this.registration = registration;
  }

  Phone connect() {
    world.engine.devices().attach(registration, this);
    nudge();
    return this;
  }

  public void leave() {
    world.engine.devices().detach(registration.id(), this);
  }

  public String cid() {
    return registration.id().value();
  }

  public List<TaskId> tasks() {
    return got.stream().map(handover -> handover.task().id()).toList();
  }

  public List<Content> contents() {
    return got.stream().map(Handover::content).toList();
  }

  public List<TaskId> withdrawn() {
    return withdrawn.stream().map(DeliveryId::task).toList();
  }

  private void keep(List<Handover> handovers) {
    got.addAll(handovers);
    handovers.forEach(handover -> world.engine.devices().arrived(handover.delivery()));
    world.engine.settle();
  }

  @Override
  public boolean offer(Handover handover) {
    keep(List.of(handover));
    return true;
  }

  @Override
  public void nudge() {
    keep(world.engine.devices().mailbox(registration.id(), TaskId.NONE, 1_000).handovers());
  }

  @Override
  public void drop(List<DeliveryId> deliveries) {}

  @Override
  public void withdraw(List<DeliveryId> deliveries) {
    withdrawn.addAll(deliveries);
  }

  @Override
  public void end(End why) {}
}
