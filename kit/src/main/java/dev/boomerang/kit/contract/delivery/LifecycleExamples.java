// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.delivery;

import static dev.boomerang.kit.fixture.Fixtures.NOW;

import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Dispatched;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Pending;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalled.Outcome;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Scheduled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Every state and event there is, with data of every shape.
final class LifecycleExamples {
  private static final ChannelId SELF = ChannelId.SELF;
  private static final ChannelId FCM = new ChannelId("fcm");

  private LifecycleExamples() {}

  static Stream<DeliveryState> states() {
    Instant since = NOW.plusMillis(7);
    Stream<DeliveryState> unsent =
        Stream.of(
            new Scheduled(since),
            new Pending(since),
            new Queued(since, SELF, 0),
            new Queued(since, FCM, 3),
            new Queued(since, SELF, 1, Optional.of(NOW.plusMillis(400))),
            new Queued(since, FCM, 2, Optional.of(NOW.plusSeconds(60))));
    Stream<DeliveryState> recalling = out(NOW.plusMillis(3)).map(was -> new Recalling(since, was));
    Stream<DeliveryState> ended =
        Stream.of(
            new Opened(since),
            new Dismissed(since),
            new Recalled(since, Outcome.PREVENTED),
            new Recalled(since, Outcome.WITHDRAWN),
            new TooLate(since),
            new Overridden(since, new TaskId(TaskId.LIMIT - 1), Overridden.Outcome.PREVENTED),
            new Overridden(since, new TaskId(7), Overridden.Outcome.REPLACED),
            new DeliveryState.Stopped(since),
            new Expired(since),
            new Failed(since, ""),
            new Failed(since, "UNREGISTERED: 设备 gone, \"for good\""));
    return Stream.of(unsent, out(since), recalling, ended).flatMap(stream -> stream);
  }

  private static Stream<Dispatched> out(Instant since) {
    return Stream.of(
        new Sending(since, SELF, 1, false),
        new Sending(since, FCM, 2, true),
        new Sent(since, FCM, "projects/p/messages/0:15 %31bd"),
        new Sent(since, FCM, ""),
        new Delivered(since, SELF),
        new Shown(since, FCM),
        Abandoned.of(since, SELF, 1),
        new Abandoned(since, SELF, 2, new Abandoned.Cause.Superseded(new TaskId(7))),
        new Abandoned(since, SELF, 2, new Abandoned.Cause.TaskStopped()),
        Abandoned.of(since, FCM, 0));
  }

  static Stream<DeliveryEvent> events(Instant at) {
    return Stream.of(
        new DeliveryEvent.Released(at),
        new DeliveryEvent.Routed(at, FCM),
        new DeliveryEvent.Claimed(at),
        new DeliveryEvent.NotSent(at, 1),
        new DeliveryEvent.Accepted(at, "id of theirs"),
        new DeliveryEvent.Rejected(at, "BadDeviceToken"),
        new DeliveryEvent.Deferred(at, Duration.ofSeconds(3)),
        new DeliveryEvent.RetryDue(at),
        new DeliveryEvent.Arrived(at),
        new DeliveryEvent.ShownReported(at),
        new DeliveryEvent.OpenReported(at),
        new DeliveryEvent.DismissReported(at),
        new DeliveryEvent.DeadlinePassed(at),
        new DeliveryEvent.RecallRequested(at),
        new DeliveryEvent.WithdrawConfirmed(at),
        new DeliveryEvent.WithdrawFailed(at),
        new DeliveryEvent.Superseded(at, new TaskId(9)),
        new DeliveryEvent.StopRequested(at),
        new DeliveryEvent.ReplacedOnDevice(at, new TaskId(9)),
        new DeliveryEvent.Unreachable(at, "left"));
  }

  static Transition apply(DeliveryState state, DeliveryEvent event) {
    return Lifecycle.apply(state, event);
  }
}
