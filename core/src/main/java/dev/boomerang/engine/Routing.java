// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Registration;
import java.time.Instant;

/// Chooses the channel of a delivery. Pure.
///
/// A registration that never connected itself is reached by our gateway all the same once its
/// device registers; until then its deliveries wait in its mailbox.
final class Routing {
  /// The number of a delivery's first hand-over.
  static final int FIRST = 1;

  private Routing() {}

  /// The state a delivery is stored in. For an attached device the claim is part of the same write:
  /// from then on the session may write it at any moment, and no second commit stands between
  /// acceptance and the wire.
  static DeliveryState begin(Registration registration, boolean attached, Instant now) {
    ChannelId channel = choose(registration);
    return channel.isSelf() && attached
        ? new DeliveryState.Sending(now, channel, FIRST, false)
        : new DeliveryState.Queued(now, channel, 0);
  }

  private static ChannelId choose(Registration registration) {
    return switch (registration.device().platform()) {
      case ANDROID, IOS, HARMONY, QUICKAPP, WEB -> ChannelId.SELF;
    };
  }
}
