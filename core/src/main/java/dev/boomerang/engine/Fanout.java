// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Message;
import dev.boomerang.model.Push;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task.Lifespan;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.RegistrationStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Turns an audience into deliveries, as it stands at this moment.
final class Fanout {

  /// `unreached` counts targets that got no delivery: no registration answers to them, or only ones
  /// that an earlier target of the same task has taken.
  record Spread(List<Message> messages, List<Delivery> deliveries, int unreached) {}

  private final RegistrationStore registrations;
  private final Attachments attachments;

  Fanout(RegistrationStore registrations, Attachments attachments) {
    this.registrations = registrations;
    this.attachments = attachments;
  }

  Spread spread(TaskId task, Push push, Lifespan lifespan) {
    return switch (push.audience()) {
      case Audience.Named named -> spread(task, push.app(), named, lifespan);
      case Audience.Everyone everyone -> spread(task, push, everyone, lifespan);
    };
  }

  /// Those who are connected have it at once; the others take it when they come.
  private Spread spread(TaskId task, Push push, Audience.Everyone everyone, Lifespan lifespan) {
    var claimed =
        new DeliveryState.Sending(lifespan.acceptedAt(), ChannelId.SELF, Routing.FIRST, false);
    List<Delivery> deliveries =
        attachments.of(push.app()).stream()
            .filter(live -> everyone.covers(live.member()))
            .map(
                live ->
                    Delivery.begin(
                        new DeliveryId(task, live.registration()),
                        push.app(),
                        live.member().platform(),
                        0,
                        lifespan.expiresAt(),
                        claimed))
            .toList();
    var message =
        new Message(
            task,
            0,
            Message.EVERYONE,
            push.options().messageId(),
            deliveries.size(),
            Optional.empty());
    return new Spread(List.of(message), deliveries, 0);
  }

  private Spread spread(TaskId task, AppId app, Audience.Named audience, Lifespan lifespan) {
    List<String> names = audience.targets().stream().map(Target::name).distinct().toList();
    Map<String, List<Registration>> answering = new HashMap<>();
    for (Registration found : registrations.named(app, audience.by(), names)) {
      if (audience.platform().isEmpty() || audience.platform().get() == found.device().platform()) {
        namesOf(found, audience.by())
            .forEach(name -> answering.computeIfAbsent(name, _ -> new ArrayList<>()).add(found));
      }
    }
    var messages = new ArrayList<Message>();
    var deliveries = new ArrayList<Delivery>();
    var taken = new HashSet<RegistrationId>();
    int unreached = 0;
    for (Target target : audience.targets()) {
      int number = messages.size();
      int before = deliveries.size();
      for (Registration registration : answering.getOrDefault(target.name(), List.of())) {
        if (taken.add(registration.id())) {
          deliveries.add(delivery(task, number, registration, lifespan));
        }
      }
      int reached = deliveries.size() - before;
      unreached += reached == 0 ? 1 : 0;
      messages.add(
          new Message(task, number, target.name(), target.messageId(), reached, target.content()));
    }
    return new Spread(messages, deliveries, unreached);
  }

  private static Stream<String> namesOf(Registration registration, Audience.By by) {
    return switch (by) {
      case REGISTRATION -> Stream.of(registration.id().value());
      case DEVICE ->
          Stream.concat(
              Stream.of(registration.id().value()), registration.device().deviceId().stream());
      case USER -> registration.profile().userId().stream();
      case ALIAS -> registration.profile().alias().stream();
    };
  }

  private Delivery delivery(
      TaskId task, int message, Registration registration, Lifespan lifespan) {
    return Delivery.begin(
        new DeliveryId(task, registration.id()),
        registration.app(),
        registration.device().platform(),
        message,
        lifespan.expiresAt(),
        Routing.begin(registration, attachments.has(registration.id()), lifespan.acceptedAt()));
  }
}
