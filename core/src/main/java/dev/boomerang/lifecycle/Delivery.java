// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Final;
import dev.boomerang.lifecycle.DeliveryState.Lapsed;
import dev.boomerang.lifecycle.DeliveryState.Out;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.model.AppId;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Recall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One task for one registration: the thing with a lifecycle. `message` is the number of the target
/// it answers to; `channel` the one it goes, or went, by. `timeline` has every step so far, the
/// present one last.
public record Delivery(
    DeliveryId id,
    AppId app,
    Platform platform,
    ChannelId channel,
    int message,
    Instant expiresAt,
    DeliveryState state,
    List<Step> timeline) {

  /// `at` is when we learned of it.
  public record Step(Phase phase, Instant at) {}

  public Delivery {
    timeline = List.copyOf(timeline);
  }

  /// A delivery at its beginning.
  public static Delivery begin(
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
        List.of(new Step(state.phase(), state.since())));
  }

  public Delivery moved(DeliveryState to) {
    var steps = new ArrayList<>(timeline);
    steps.add(new Step(to.phase(), to.since()));
    return new Delivery(
        id, app, platform, channel(to).orElse(channel), message, expiresAt, to, steps);
  }

  private static Optional<ChannelId> channel(DeliveryState state) {
    return switch (state) {
      case Queued s -> Optional.of(s.channel());
      case Out s -> Optional.of(s.channel());
      case Recalling s -> Optional.of(s.was().channel());
      case Scheduled _, Pending _, Final _ -> Optional.empty();
    };
  }

  /// Whether it waits for its device to connect to our gateway, or to acknowledge.
  public boolean inMailbox() {
    return switch (state) {
      case Queued s -> s.channel().isSelf();
      case Sending s -> s.channel().isSelf();
      case Scheduled _, Pending _, Sent _, Delivered _, Shown _, Lapsed _ -> false;
      case Recalling _, Final _ -> false;
    };
  }

  /// When the clock acts on it next ([DeliveryEvent.TimeUp]); empty if it may rest.
  public Optional<Instant> due() {
    return switch (state) {
      case Scheduled _, Pending _, Queued _, Sending _, Sent _ -> Optional.of(expiresAt);
      case Recalling s -> Optional.of(s.since().plus(Recall.WINDOW));
      case Delivered _, Shown _, Lapsed _, Final _ -> Optional.empty();
    };
  }
}
