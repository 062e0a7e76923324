// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Final;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.model.push.Webhook.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Represents what a push's webhook receives about one delivery. `cause` is there for
/// [EventType#NOT_RECEIVED]: the state it ended in, or the reason it failed for; else it is empty.
///
/// Over a delivery's life there is at most one of `RECEIVED` and `NOT_RECEIVED`, and at most one
/// `CLICKED`, which has a `RECEIVED` or a `NOT_RECEIVED` before it. Both follow from the states
/// alone: what is on the device is what [DeliveryFunnel] counts as arrived, so that statistics and
/// webhooks agree.
public record WebhookEvent(EventType type, String cause) {

  /// Returns the events of a step, in order, that are among those asked for.
  public static List<WebhookEvent> of(Set<EventType> asked, DeliveryState from, DeliveryState to) {
    return asked.isEmpty() ? List.of() : among(asked, from, to);
  }

  /// Returns the events of a delivery that begins in this state, of those asked for.
  public static List<WebhookEvent> beginning(Set<EventType> asked, DeliveryState state) {
    return asked.isEmpty()
        ? List.of()
        : reception(state).filter(webhookEvent -> asked.contains(webhookEvent.type())).stream()
            .toList();
  }

  private static List<WebhookEvent> among(
      Set<EventType> asked, DeliveryState from, DeliveryState to) {
    var webhookEvents = new ArrayList<WebhookEvent>(2);
    if (reception(from).isEmpty()) {
      reception(to).ifPresent(webhookEvents::add);
    }
    if (to instanceof Opened && !(from instanceof Opened)) {
      webhookEvents.add(new WebhookEvent(EventType.CLICKED, ""));
    }
    webhookEvents.removeIf(webhookEvent -> !asked.contains(webhookEvent.type()));
    return webhookEvents;
  }

  /// Returns the event that has been sent by the time a delivery is in this state; empty while it
  /// is not known whether the device got it.
  private static Optional<WebhookEvent> reception(DeliveryState state) {
    if (DeliveryFunnel.of(state).arrived() > 0) {
      return Optional.of(new WebhookEvent(EventType.RECEIVED, ""));
    }
    return switch (state) {
      case Abandoned s ->
          switch (s.cause()) {
            case Abandoned.Cause.LifetimeOver _ -> missed(s.status().wire());
            // It may well be there: only the device can say.
            case Abandoned.Cause.Superseded _, Abandoned.Cause.TaskStopped _ -> Optional.empty();
          };
      case Recalling s -> reception(s.was());
      case Final s -> missed(cause(s));
      case DeliveryState.Scheduled _, DeliveryState.Pending _, DeliveryState.Queued _ ->
          Optional.empty();
      case DeliveryState.Sending _, DeliveryState.Sent _ -> Optional.empty();
      case DeliveryState.Delivered _, DeliveryState.Shown _ -> Optional.empty();
    };
  }

  private static String cause(Final state) {
    return switch (state) {
      case Failed s -> s.reason();
      case Expired _, Recalled _, Stopped _, Overridden _, Opened _, Dismissed _, TooLate _ ->
          state.status().wire();
    };
  }

  private static Optional<WebhookEvent> missed(String cause) {
    return Optional.of(new WebhookEvent(EventType.NOT_RECEIVED, cause));
  }
}
