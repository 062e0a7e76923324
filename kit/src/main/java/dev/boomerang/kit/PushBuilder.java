// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.Callback;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Message;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Platform;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Source;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Task;
import dev.boomerang.port.SegmentStore.Crowd;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Cover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A push as it is accepted: its deliveries wait in their mailboxes until told otherwise.
public final class PushBuilder {
  private final TaskBuilder task;
  private final List<To> targets = new ArrayList<>();
  private Optional<RequestKey> requestKey = Optional.empty();
  private Optional<DeliveryState> state = Optional.empty();
  private Platform platform = Platform.ANDROID;
  private Optional<Cover> cover = Optional.empty();
  private Optional<Strategy> open = Optional.empty();

  private record To(
      String target,
      Optional<String> messageId,
      List<RegistrationId> reached,
      Optional<Content> content) {}

  PushBuilder(TaskBuilder task) {
    this.task = task;
  }

  public PushBuilder of(AppId app) {
    task.of(app);
    return this;
  }

  public PushBuilder acceptedAt(Instant time) {
    task.acceptedAt(time);
    return this;
  }

  public PushBuilder living(Duration lifetime) {
    task.living(lifetime);
    return this;
  }

  /// One more target for each registration.
  public PushBuilder to(RegistrationId... registrations) {
    for (RegistrationId registration : registrations) {
      targets.add(
          new To(registration.value(), Optional.empty(), List.of(registration), Optional.empty()));
    }
    return this;
  }

  /// One more target, named by the caller.
  public PushBuilder to(String target, String messageId, RegistrationId... registrations) {
    targets.add(new To(target, Optional.of(messageId), List.of(registrations), Optional.empty()));
    return this;
  }

  /// One more target, with a content of its own.
  public PushBuilder saying(Content content, RegistrationId registration) {
    targets.add(
        new To(
            registration.value(), Optional.empty(), List.of(registration), Optional.of(content)));
    return this;
  }

  /// What its devices run.
  public PushBuilder on(Platform newPlatform) {
    platform = newPlatform;
    return this;
  }

  /// Taking this place on every platform.
  public PushBuilder in(Slot slot) {
    return in(slot, Platform.values());
  }

  public PushBuilder in(Slot slot, Platform... platforms) {
    task.in(slot, platforms);
    return this;
  }

  public PushBuilder from(Source source) {
    task.from(source);
    return this;
  }

  /// What becomes of it is told to somebody.
  public PushBuilder telling(Callback.Event... events) {
    task.telling(Given.aCallback(events));
    return this;
  }

  /// A broadcast: these registrations are connected.
  public PushBuilder toEveryone(Everyone rule, RegistrationId... connected) {
    cover = Optional.of(new Cover.ByRule(rule));
    task.from(Source.of("kit", Source.Kind.BROADCAST));
    state = Optional.of(new Sending(Given.NOW, ChannelId.SELF, 1, false));
    targets.add(new To(Message.EVERYONE, Optional.empty(), List.of(connected), Optional.empty()));
    return this;
  }

  /// For those picked; `connected` have it handed over at once.
  public PushBuilder toCrowd(Crowd crowd, RegistrationId... connected) {
    toEveryone(Everyone.all(Optional.empty()), connected);
    cover = Optional.of(new Cover.Fixed(crowd));
    return this;
  }

  /// Open: who gets it is added later.
  public PushBuilder open(Strategy strategy) {
    open = Optional.of(strategy);
    targets.add(new To(Message.EVERYONE, Optional.empty(), List.of(), Optional.empty()));
    return this;
  }

  /// For those picked, one after the other.
  public PushBuilder paced(Crowd crowd, Pace pace) {
    toEveryone(Everyone.all(Optional.empty()));
    cover = Optional.of(new Cover.Paced(crowd, pace));
    return this;
  }

  public PushBuilder requested(String scope, String key) {
    requestKey = Optional.of(new RequestKey(scope, key));
    return this;
  }

  /// The state its deliveries begin in.
  public PushBuilder beginning(DeliveryState newState) {
    state = Optional.of(newState);
    return this;
  }

  public Acceptance build() {
    int reached = targets.stream().mapToInt(to -> to.reached().size()).sum();
    int unreached =
        cover.isPresent() || open.isPresent()
            ? 0
            : (int) targets.stream().filter(to -> to.reached().isEmpty()).count();
    Task built = task.reaching(reached, unreached).build();
    DeliveryState begins =
        state.orElse(new Queued(built.lifespan().acceptedAt(), ChannelId.SELF, 0));
    var messages = new ArrayList<Message>();
    var deliveries = new ArrayList<Delivery>();
    for (To to : targets) {
      int number = messages.size();
      messages.add(
          new Message(
              built.id(), number, to.target(), to.messageId(), to.reached().size(), to.content()));
      for (RegistrationId registration : to.reached()) {
        deliveries.add(
            Delivery.begin(
                new DeliveryId(built.id(), registration),
                built.app(),
                platform,
                number,
                built.expiresAt(),
                begins));
      }
    }
    return new Acceptance(built, requestKey, cover, messages, deliveries, open);
  }
}
