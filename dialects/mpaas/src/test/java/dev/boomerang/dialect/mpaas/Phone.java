// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import dev.boomerang.model.Content;
import dev.boomerang.model.Content.Notification;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Registration;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment;
import java.util.ArrayList;
import java.util.List;

/// A device that keeps what it is given.
final class Phone implements Attachment {
  private final World world;
  private final Registration registration;
  private final List<Handover> got = new ArrayList<>();
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
        .attach(
            world.engine.registrations().find(registration.app(), registration.id()).orElseThrow(),
            this);
    read();
    return this;
  }

  Phone leave() {
    world.engine.devices().detach(registration.id(), this);
    return this;
  }

  private void read() {
    keep(world.engine.devices().mailbox(registration.id(), TaskId.NONE, 1_000).handovers());
  }

  private void keep(List<Handover> handovers) {
    got.addAll(handovers);
    handovers.forEach(handover -> world.engine.devices().arrived(handover.delivery()));
    world.engine.settle();
  }

  /// Bodies of what came, in its order.
  List<String> bodies() {
    return contents().stream().map(Notification::body).toList();
  }

  List<Notification> contents() {
    return got.stream().map(Handover::content).map(Phone::notification).toList();
  }

  private static Notification notification(Content content) {
    return switch (content) {
      case Notification notification -> notification;
      case Content.DataMessage _, Content.Both _, Content.PerPlatform _ ->
          throw new AssertionError(content);
    };
  }

  int withdrawn() {
    return withdrawn.size();
  }

  @Override
  public boolean offer(Handover handover) {
    keep(List.of(handover));
    return true;
  }

  @Override
  public void nudge() {
    read();
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
