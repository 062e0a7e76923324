// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.model.ChannelId;
import dev.boomerang.model.TaskId;
import java.time.Instant;

/// Where one delivery stands. It starts [Scheduled], [Pending] or [Queued] and ends in one [Final],
/// or rests [Delivered], [Shown] or [Lapsed] until its record is cleared.
///
/// `since` is when we learned of it, not when it happened on the device.
public sealed interface DeliveryState {
  Instant since();

  Phase phase();

  /// Whether the device may have it, unopened, and no word about it is awaited.
  default boolean isHeld() {
    return switch (this) {
      case Sent _, Delivered _, Shown _, Lapsed _ -> true;
      case Scheduled _, Pending _, Queued _, Sending _, Recalling _, Final _ -> false;
    };
  }

  /// Held by a schedule.
  record Scheduled(Instant since) implements DeliveryState {
    @Override
    public Phase phase() {
      return Phase.SCHEDULED;
    }
  }

  /// Accepted; no channel chosen yet.
  record Pending(Instant since) implements DeliveryState {
    @Override
    public Phase phase() {
      return Phase.PENDING;
    }
  }

  /// Waits for its channel, and has certainly not left us. `attempt` counts the hand-overs so far.
  record Queued(Instant since, ChannelId channel, int attempt) implements DeliveryState {
    @Override
    public Phase phase() {
      return Phase.QUEUED;
    }
  }

  /// May have left us; getting it back takes a word to the device.
  sealed interface Out extends DeliveryState {
    ChannelId channel();
  }

  /// Claimed for a hand-over and in the channel's hands; its answer is not in. For our own gateway
  /// that answer is the device's acknowledgement, and the parcel may be on the wire at any moment.
  /// For a vendor's channel a recall that comes now waits for the answer: `recallWanted`.
  record Sending(Instant since, ChannelId channel, int attempt, boolean recallWanted)
      implements Out {
    @Override
    public Phase phase() {
      return Phase.SENDING;
    }
  }

  /// The channel took it. Not proof of arrival. `channelMessageId` is empty where the channel knows
  /// it only by our delivery id.
  record Sent(Instant since, ChannelId channel, String channelMessageId) implements Out {
    @Override
    public Phase phase() {
      return Phase.SENT;
    }
  }

  /// The device said it has it.
  record Delivered(Instant since, ChannelId channel) implements Out {
    @Override
    public Phase phase() {
      return Phase.DELIVERED;
    }
  }

  /// The device said a person could see it.
  record Shown(Instant since, ChannelId channel) implements Out {
    @Override
    public Phase phase() {
      return Phase.SHOWN;
    }
  }

  /// It may have been on its way when its end came. It is not delivered again, but a recall still
  /// follows it. `attempt` is the hand-over it was in, 0 if a vendor had taken it.
  record Lapsed(Instant since, ChannelId channel, int attempt, Cause cause) implements Out {

    /// What ended it; if it turns out that it never left us, that decides what it was.
    public sealed interface Cause {
      record Lifetime() implements Cause {}

      /// The task that took its place.
      record Newer(TaskId by) implements Cause {}

      record Stop() implements Cause {}
    }

    /// Its lifetime ran out.
    public static Lapsed of(Instant since, ChannelId channel, int attempt) {
      return new Lapsed(since, channel, attempt, new Cause.Lifetime());
    }

    @Override
    public Phase phase() {
      return Phase.LAPSED;
    }
  }

  /// We asked for it back and await the device's answer. `was` is where it stood.
  record Recalling(Instant since, Out was) implements DeliveryState {
    @Override
    public Phase phase() {
      return Phase.RECALLING;
    }
  }

  sealed interface Final extends DeliveryState {}

  record Opened(Instant since) implements Final {
    @Override
    public Phase phase() {
      return Phase.OPENED;
    }
  }

  /// Removed by the person without opening it.
  record Dismissed(Instant since) implements Final {
    @Override
    public Phase phase() {
      return Phase.DISMISSED;
    }
  }

  /// Taken back: `PREVENTED` if it never left us, `WITHDRAWN` if the device took it off.
  record Recalled(Instant since, Recalled.How how) implements Final {
    public enum How {
      PREVENTED,
      WITHDRAWN
    }

    @Override
    public Phase phase() {
      return Phase.RECALLED;
    }
  }

  /// Asked back, but the device says it was opened or gone already; which of the two it did not
  /// say.
  record TooLate(Instant since) implements Final {
    @Override
    public Phase phase() {
      return Phase.TOO_LATE;
    }
  }

  /// A newer delivery took its place: `PREVENTED` if this one never left us, `REPLACED` if the
  /// device had it, unopened. `by` is [TaskId#NONE] where it is not known.
  record Overridden(Instant since, TaskId by, Overridden.How how) implements Final {
    public enum How {
      PREVENTED,
      REPLACED
    }

    @Override
    public Phase phase() {
      return Phase.OVERRIDDEN;
    }
  }

  /// Its task was stopped before it left us.
  record Stopped(Instant since) implements Final {
    @Override
    public Phase phase() {
      return Phase.STOPPED;
    }
  }

  /// Its lifetime ran out before it left us.
  record Expired(Instant since) implements Final {
    @Override
    public Phase phase() {
      return Phase.EXPIRED;
    }
  }

  /// `reason` is ours or the vendor's own code, kept as it came.
  record Failed(Instant since, String reason) implements Final {
    @Override
    public Phase phase() {
      return Phase.FAILED;
    }
  }
}
