// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import java.time.Instant;
import java.util.Optional;

/// Says where one delivery stands. It starts [Scheduled], [Pending] or [Queued] and ends in one
/// [Final], or rests [Delivered], [Shown] or [Abandoned] until its record is cleared.
///
/// `since` is when we learned of it, not when it happened on the device.
public sealed interface DeliveryState {
  Instant since();

  DeliveryStatus status();

  /// Returns whether it may still be handed to its channel, now, later or once more.
  default boolean isUndelivered() {
    return switch (this) {
      case Scheduled _, Pending _, Queued _, Sending _ -> true;
      case Sent _, Delivered _, Shown _, Abandoned _, Recalling _, Final _ -> false;
    };
  }

  /// Returns whether the device may have it, unopened, and no answer about it is awaited.
  default boolean isOnDevice() {
    return switch (this) {
      case Sent _, Delivered _, Shown _, Abandoned _ -> true;
      case Scheduled _, Pending _, Queued _, Sending _, Recalling _, Final _ -> false;
    };
  }

  /// A schedule holds it.
  record Scheduled(Instant since) implements DeliveryState {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.SCHEDULED;
    }
  }

  /// It is accepted, and no channel is chosen yet.
  record Pending(Instant since) implements DeliveryState {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.PENDING;
    }
  }

  /// It waits for its channel, and has certainly not left us. `attempt` counts the delivery
  /// attempts so far. `notBefore` is there while its channel has deferred it; until then nobody can
  /// claim it.
  record Queued(Instant since, ChannelId channel, int attempt, Optional<Instant> notBefore)
      implements DeliveryState {

    /// Creates one that can be claimed at once.
    public Queued(Instant since, ChannelId channel, int attempt) {
      this(since, channel, attempt, Optional.empty());
    }

    public boolean isClaimable(Instant now) {
      return notBefore.filter(now::isBefore).isEmpty();
    }

    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.QUEUED;
    }
  }

  /// It may have left us; getting it back takes a command to the device.
  sealed interface Dispatched extends DeliveryState {
    ChannelId channel();
  }

  /// It is claimed for a delivery attempt and in the channel's hands, whose answer is not in. For
  /// our own gateway that answer is the device's acknowledgement, and the message may be on the
  /// wire at any moment. For a vendor's channel a recall that comes now waits for the answer:
  /// `recallRequested`.
  record Sending(Instant since, ChannelId channel, int attempt, boolean recallRequested)
      implements Dispatched {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.SENDING;
    }
  }

  /// The channel took it, which is no proof of arrival. `channelMessageId` is empty where the
  /// channel knows it only by our delivery id.
  record Sent(Instant since, ChannelId channel, String channelMessageId) implements Dispatched {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.SENT;
    }
  }

  /// The device said it has it.
  record Delivered(Instant since, ChannelId channel) implements Dispatched {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.DELIVERED;
    }
  }

  /// The device said a person could see it.
  record Shown(Instant since, ChannelId channel) implements Dispatched {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.SHOWN;
    }
  }

  /// It may have been on its way when its end came. It is not delivered again, but a recall still
  /// follows it. `attempt` is the delivery attempt it was in, 0 if a vendor had taken it.
  record Abandoned(Instant since, ChannelId channel, int attempt, Cause cause)
      implements Dispatched {

    /// Says what ended it; if it turns out that it never left us, that decides its final state.
    public sealed interface Cause {
      record LifetimeOver() implements Cause {}

      /// A newer task overrode it.
      record Superseded(TaskId by) implements Cause {}

      record TaskStopped() implements Cause {}
    }

    /// Creates one whose lifetime ran out.
    public static Abandoned of(Instant since, ChannelId channel, int attempt) {
      return new Abandoned(since, channel, attempt, new Cause.LifetimeOver());
    }

    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.ABANDONED;
    }
  }

  /// It is recalled, and the device's answer is awaited. `was` is where it stood.
  record Recalling(Instant since, Dispatched was) implements DeliveryState {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.RECALLING;
    }
  }

  sealed interface Final extends DeliveryState {}

  record Opened(Instant since) implements Final {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.OPENED;
    }
  }

  /// The person removed it without opening it.
  record Dismissed(Instant since) implements Final {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.DISMISSED;
    }
  }

  /// It was recalled: `PREVENTED` if it never left us, `WITHDRAWN` if the device took it off.
  record Recalled(Instant since, Recalled.Outcome outcome) implements Final {
    public enum Outcome {
      PREVENTED,
      WITHDRAWN
    }

    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.RECALLED;
    }
  }

  /// It was recalled, but the device says that it was opened or gone already; it does not say
  /// which.
  record TooLate(Instant since) implements Final {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.TOO_LATE;
    }
  }

  /// A newer delivery overrode it: `PREVENTED` if this one never left us, `REPLACED` if the device
  /// had it, unopened. `by` is [TaskId#NONE] where it is not known.
  record Overridden(Instant since, TaskId by, Overridden.Outcome outcome) implements Final {
    public enum Outcome {
      PREVENTED,
      REPLACED
    }

    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.OVERRIDDEN;
    }
  }

  /// Its task was stopped before it left us.
  record Stopped(Instant since) implements Final {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.STOPPED;
    }
  }

  /// Its lifetime ran out before it left us.
  record Expired(Instant since) implements Final {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.EXPIRED;
    }
  }

  /// It failed. `reason` is ours or the vendor's own code, kept as it came.
  record Failed(Instant since, String reason) implements Final {
    @Override
    public DeliveryStatus status() {
      return DeliveryStatus.FAILED;
    }
  }
}
