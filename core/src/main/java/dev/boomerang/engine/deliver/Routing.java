// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Registration;
import java.time.Instant;
import java.util.Optional;

/// Chooses the channel of a delivery. It is pure.
///
/// A registration that never connected itself is reached by our gateway all the same once its
/// device registers; until then its deliveries wait in its mailbox.
public final class Routing {
  /// The number of a delivery's first attempt.
  public static final int FIRST = 1;

  /// The reason of a delivery that failed at once because the app blocked the registration.
  static final String BLOCKED = "blocked";

  /// The reason of a delivery that failed at once because its strategy leaves no channel.
  static final String NO_CHANNEL = "no-channel";

  private Routing() {}

  /// Returns the state a delivery is stored in. For a connected device the claim is part of the
  /// same write: from then on the session may send it at any moment, and no second commit stands
  /// between acceptance and the wire.
  public static DeliveryState begin(
      Registration registration, Strategy strategy, boolean connected, Instant now) {
    if (registration.reachability().blocked()) {
      return new DeliveryState.Failed(now, BLOCKED);
    }
    Optional<ChannelId> channel = choose(strategy);
    if (channel.isEmpty()) {
      return new DeliveryState.Failed(now, NO_CHANNEL);
    }
    return channel.get().isSelf() && connected
        ? new DeliveryState.Sending(now, channel.get(), FIRST, false)
        : new DeliveryState.Queued(now, channel.get(), 0);
  }

  /// Returns the channel for a strategy; empty if no channel may take it. There are no vendor
  /// channels yet.
  public static Optional<ChannelId> choose(Strategy strategy) {
    return switch (strategy) {
      case ONLINE_ELSE_VENDOR, SELF_ONLY, VENDOR_ELSE_SELF -> Optional.of(ChannelId.SELF);
      case VENDOR_ONLY -> Optional.empty();
    };
  }
}
