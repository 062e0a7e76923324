// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import java.time.Duration;
import java.time.Instant;

/// Says what can happen to a delivery. `at` is when we learned of it.
public sealed interface DeliveryEvent {
  Instant at();

  /// Its schedule released it.
  record Released(Instant at) implements DeliveryEvent {}

  /// A channel was chosen.
  record Routed(Instant at, ChannelId channel) implements DeliveryEvent {}

  /// A dispatcher or a session takes it to send it, for the first time, or again because no answer
  /// came.
  record Claimed(Instant at) implements DeliveryEvent {}

  /// The delivery attempt numbered `attempt` certainly never happened: not a byte left us.
  record NotSent(Instant at, int attempt) implements DeliveryEvent {}

  /// A vendor took it.
  record Accepted(Instant at, String channelMessageId) implements DeliveryEvent {}

  /// A vendor refused it for good.
  record Rejected(Instant at, String reason) implements DeliveryEvent {}

  /// A vendor cannot take it now, because of its rate, a quota or an outage, and is to be asked
  /// again after `retryAfter`.
  record Deferred(Instant at, Duration retryAfter) implements DeliveryEvent {
    public Deferred {
      if (retryAfter.isNegative()) {
        throw new IllegalArgumentException("a retry lies ahead, not " + retryAfter);
      }
    }
  }

  /// The time has come until which it was deferred.
  record RetryDue(Instant at) implements DeliveryEvent {}

  /// The device has it.
  record Arrived(Instant at) implements DeliveryEvent {}

  record ShownReported(Instant at) implements DeliveryEvent {}

  record OpenReported(Instant at) implements DeliveryEvent {}

  record DismissReported(Instant at) implements DeliveryEvent {}

  /// The time set for this state is over: the lifetime, or for a recall the wait for the device.
  record DeadlinePassed(Instant at) implements DeliveryEvent {}

  record RecallRequested(Instant at) implements DeliveryEvent {}

  /// The device took it off, or never showed it and never will.
  record WithdrawConfirmed(Instant at) implements DeliveryEvent {}

  /// The device says it was opened or gone.
  record WithdrawFailed(Instant at) implements DeliveryEvent {}

  /// A newer delivery with its collapse key was accepted.
  record Superseded(Instant at, TaskId newer) implements DeliveryEvent {}

  /// Its task was stopped: what has not left us stays here.
  record StopRequested(Instant at) implements DeliveryEvent {}

  /// The device put a newer one in its place before it was opened.
  record ReplacedOnDevice(Instant at, TaskId newer) implements DeliveryEvent {}

  /// The registration left, or its device can no longer be reached by any channel.
  record Unreachable(Instant at, String reason) implements DeliveryEvent {}
}
