// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dispatched;
import dev.boomerang.lifecycle.DeliveryState.Final;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Represents one task for one registration, the thing with a lifecycle. `message` is the number of
/// the target it answers to; `channel` is the one it goes, or went, by. `timeline` has every step
/// so far, the present one last.
public record Delivery(
    DeliveryId id,
    AppId app,
    Platform platform,
    ChannelId channel,
    int message,
    Instant expiresAt,
    DeliveryState state,
    List<TimelineEntry> timeline) {

  /// Records one step of its life. `at` is when we learned of it; `notBefore` is there if its
  /// channel deferred it until then.
  public record TimelineEntry(DeliveryStatus status, Instant at, Optional<Instant> notBefore) {

    public TimelineEntry(DeliveryStatus status, Instant at) {
      this(status, at, Optional.empty());
    }

    private static TimelineEntry of(DeliveryState state) {
      Optional<Instant> notBefore =
          state instanceof Queued queued ? queued.notBefore() : Optional.empty();
      return new TimelineEntry(state.status(), state.since(), notBefore);
    }
  }

  public Delivery {
    timeline = List.copyOf(timeline);
  }

  /// Creates a delivery at its beginning.
  public static Delivery create(
      DeliveryId id,
      AppId app,
      Platform platform,
      int message,
      Instant expiresAt,
      DeliveryState state) {
    return new Delivery(
        id,
        app,
        platform,
        channel(state).orElse(ChannelId.SELF),
        message,
        expiresAt,
        state,
        List.of(TimelineEntry.of(state)));
  }

  public Delivery withState(DeliveryState to) {
    var timelineEntries = new ArrayList<>(timeline);
    timelineEntries.add(TimelineEntry.of(to));
    return new Delivery(
        id, app, platform, channel(to).orElse(channel), message, expiresAt, to, timelineEntries);
  }

  private static Optional<ChannelId> channel(DeliveryState state) {
    return switch (state) {
      case Queued s -> Optional.of(s.channel());
      case Dispatched s -> Optional.of(s.channel());
      case Recalling s -> Optional.of(s.was().channel());
      case Scheduled _, Pending _, Final _ -> Optional.empty();
    };
  }

  /// Returns whether its device can be given it at `now`: it is in the mailbox, and nobody has
  /// deferred it beyond that time.
  public boolean isDeliverable(Instant now) {
    return inMailbox() && !(state instanceof Queued queued && !queued.isClaimable(now));
  }

  /// Returns whether it waits for its device to connect to our gateway, or to acknowledge.
  public boolean inMailbox() {
    return switch (state) {
      case Queued s -> s.channel().isSelf();
      case Sending s -> s.channel().isSelf();
      case Scheduled _, Pending _, Sent _, Delivered _, Shown _, Abandoned _ -> false;
      case Recalling _, Final _ -> false;
    };
  }

  /// Returns when the clock acts on it next ([DeliveryEvent.DeadlinePassed]); empty if it may rest.
  public Optional<Instant> deadline() {
    return switch (state) {
      case Scheduled _, Pending _, Queued _, Sending _, Sent _ -> Optional.of(expiresAt);
      case Recalling s -> Optional.of(s.since().plus(Recall.WINDOW));
      case Delivered _, Shown _, Abandoned _, Final _ -> Optional.empty();
    };
  }
}
