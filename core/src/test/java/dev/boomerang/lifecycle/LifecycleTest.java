// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.lifecycle.Delivery.TimelineEntry;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.DeliveryEvent.Deferred;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.RetryDue;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawConfirmed;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T1 = T0.plusSeconds(1);
  private static final Duration DELAY = Duration.ofMinutes(5);
  private static final ChannelId SELF = ChannelId.SELF;
  private static final ChannelId FCM = new ChannelId("fcm");
  private static final DeliveryId ID =
      new DeliveryId(new TaskId(7), new RegistrationId("1".repeat(RegistrationId.LENGTH)));

  @Test
  void queued_whenRecalled_isPreventedForGood() {
    DeliveryState recalled = moved(new Queued(T0, SELF, 0), new RecallRequested(T1));

    assertThat(recalled).isEqualTo(new Recalled(T1, Recalled.Outcome.PREVENTED));
    assertThat(Lifecycle.apply(recalled, new Arrived(T1))).isInstanceOf(Stale.class);
  }

  static Stream<Sending> everySending() {
    return Stream.of(
        new Sending(T0, SELF, 1, false),
        new Sending(T0, FCM, 1, false),
        new Sending(T0, FCM, 3, false));
  }

  @ParameterizedTest
  @MethodSource("everySending")
  void sending_whenDeferred_isQueuedNotBeforeTheTimeGiven(Sending sending) {
    assertThat(moved(sending, new Deferred(T1, DELAY)))
        .isEqualTo(
            new Queued(T1, sending.channel(), sending.attempt(), Optional.of(T1.plus(DELAY))));
  }

  @Test
  void sending_whenDeferredAfterItsRecall_isPrevented() {
    assertThat(moved(new Sending(T0, FCM, 1, true), new Deferred(T1, DELAY)))
        .isEqualTo(new Recalled(T1, Recalled.Outcome.PREVENTED));
  }

  @Test
  void deferral_thatLiesInThePast_isRefused() {
    assertThatThrownBy(() -> new Deferred(T1, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(moved(new Sending(T0, FCM, 1, false), new Deferred(T1, Duration.ZERO)))
        .isEqualTo(new Queued(T1, FCM, 1, Optional.of(T1)));
  }

  @Test
  void deferred_beforeItsTime_cannotBeClaimed() {
    var deferred = new Queued(T0, FCM, 2, Optional.of(T1));
    Instant early = T1.minusMillis(1);

    assertThat(Lifecycle.apply(deferred, new Claimed(early))).isInstanceOf(Stale.class);
    assertThat(Lifecycle.apply(deferred, new RetryDue(early))).isInstanceOf(Stale.class);
    assertThat(moved(deferred, new Claimed(T1))).isEqualTo(new Sending(T1, FCM, 3, false));
  }

  @Test
  void deferred_onceItsTimeHasCome_isQueuedAsBefore() {
    var deferred = new Queued(T0, FCM, 2, Optional.of(T1));
    DeliveryState due = moved(deferred, new RetryDue(T1));

    assertThat(due).isEqualTo(new Queued(T1, FCM, 2));
    assertThat(Lifecycle.apply(due, new RetryDue(T1))).as("once").isInstanceOf(Stale.class);
  }

  /// A deferral holds back the claim, and nothing else.
  @ParameterizedTest
  @MethodSource("everyEvent")
  void deferred_beforeItsTime_meetsAllElseAsIfQueued(DeliveryEvent event) {
    var deferred = new Queued(T0, FCM, 2, Optional.of(T1.plus(DELAY)));
    Transition expected =
        switch (Lifecycle.apply(new Queued(T0, FCM, 2), event)) {
          case Moved _ when event instanceof Claimed -> new Stale(deferred, event);
          case Moved(var _, var to) -> new Moved(deferred, to);
          case Stale _, Transition.Unknown _ -> new Stale(deferred, event);
        };

    assertThat(Lifecycle.apply(deferred, event)).isEqualTo(expected);
  }

  static Stream<DeliveryEvent> everyEvent() {
    return LifecycleTableTest.events(T1).stream();
  }

  /// What is not queued was never deferred, or is no longer.
  @ParameterizedTest
  @MethodSource("everyOtherState")
  void retryDue_inEveryOtherState_changesNothing(DeliveryState state) {
    assertThat(Lifecycle.apply(state, new RetryDue(T1))).isInstanceOf(Stale.class);
  }

  static Stream<DeliveryState> everyOtherState() {
    return LifecycleTableTest.states()
        .filter(state -> !(state instanceof Queued queued && queued.notBefore().isPresent()));
  }

  @Test
  void timeline_tellsUntilWhenItWasDeferred() {
    DeliveryState deferred = moved(new Sending(T0, FCM, 1, false), new Deferred(T1, DELAY));
    Delivery delivery =
        Delivery.create(ID, new AppId("shop"), Platform.ANDROID, 0, T1, new Queued(T0, FCM, 0))
            .withState(deferred)
            .withState(moved(deferred, new RetryDue(T1.plus(DELAY))));

    assertThat(delivery.timeline())
        .containsExactly(
            new TimelineEntry(DeliveryStatus.QUEUED, T0),
            new TimelineEntry(DeliveryStatus.QUEUED, T1, Optional.of(T1.plus(DELAY))),
            new TimelineEntry(DeliveryStatus.QUEUED, T1.plus(DELAY)));
  }

  @Test
  void delivery_isDeliverable_onceItIsNoLongerDeferred() {
    var deferred = new Queued(T0, SELF, 1, Optional.of(T1));
    Delivery delivery =
        Delivery.create(ID, new AppId("shop"), Platform.ANDROID, 0, T1.plus(DELAY), deferred);

    assertThat(delivery.isDeliverable(T1.minusMillis(1))).isFalse();
    assertThat(delivery.isDeliverable(T1)).isTrue();
    assertThat(delivery.inMailbox()).isTrue();
    assertThat(delivery.deadline()).contains(T1.plus(DELAY));
    assertThat(delivery.withState(new Queued(T0, FCM, 1)).isDeliverable(T1)).isFalse();
  }

  @Test
  void sending_whenRecalled_isNotCalledRecalledBeforeItsFateIsKnown() {
    var sending = new Sending(T0, SELF, 1, false);

    assertThat(moved(sending, new RecallRequested(T1))).isEqualTo(new Recalling(T1, sending));
  }

  @Test
  void recalling_whenTheSessionNeverWroteIt_isPrevented() {
    var recalling = new Recalling(T0, new Sending(T0, SELF, 2, false));

    assertThat(moved(recalling, new NotSent(T1, 2)))
        .isEqualTo(new Recalled(T1, Recalled.Outcome.PREVENTED));
    assertThat(Lifecycle.apply(recalling, new NotSent(T1, 1)))
        .as("word of an earlier hand-over says nothing of this one")
        .isInstanceOf(Stale.class);
  }

  @Test
  void recalling_whenTheDeviceTellsMore_remembersIt() {
    var recalling = new Recalling(T0, new Sending(T0, SELF, 1, false));

    assertThat(moved(recalling, new ShownReported(T1)))
        .isEqualTo(new Recalling(T0, new Shown(T1, SELF)));
  }

  @Test
  void recalling_whenOpenedMeanwhile_isOpened() {
    var recalling = new Recalling(T0, new Shown(T0, SELF));

    assertThat(moved(recalling, new OpenReported(T1))).isEqualTo(new Opened(T1));
    assertThat(Lifecycle.apply(new Opened(T1), new WithdrawConfirmed(T1)))
        .isInstanceOf(Stale.class);
  }

  @Test
  void recalling_isGivenUp_onlyAfterTheWindow() {
    var recalling = new Recalling(T0, new Shown(T0, SELF));

    assertThat(
            Lifecycle.apply(recalling, new DeadlinePassed(T0.plus(Recall.WINDOW).minusMillis(1))))
        .isInstanceOf(Stale.class);
    assertThat(moved(recalling, new DeadlinePassed(T0.plus(Recall.WINDOW))).status())
        .isEqualTo(DeliveryStatus.FAILED);
  }

  @Test
  void arrival_afterExpiry_isCountedNotBelieved() {
    assertThat(Lifecycle.apply(Abandoned.of(T0, SELF, 1), new Arrived(T1)))
        .isInstanceOf(Stale.class);
  }

  @Test
  void abandoned_whenRecalled_isStillFollowed() {
    assertThat(moved(Abandoned.of(T0, SELF, 1), new RecallRequested(T1)).status())
        .isEqualTo(DeliveryStatus.RECALLING);
  }

  @Test
  void vendorSending_whenRecalled_waitsForTheVendorsAnswer() {
    var vendor = new ChannelId("fcm");
    DeliveryState wanted = moved(new Sending(T0, vendor, 1, false), new RecallRequested(T1));

    assertThat(wanted).isEqualTo(new Sending(T1, vendor, 1, true));
    assertThat(moved(wanted, new DeliveryEvent.Rejected(T1, "gone")))
        .isEqualTo(new Recalled(T1, Recalled.Outcome.PREVENTED));
    assertThat(moved(wanted, new DeliveryEvent.Accepted(T1, "id")).status())
        .isEqualTo(DeliveryStatus.RECALLING);
  }

  private static DeliveryState moved(DeliveryState state, DeliveryEvent event) {
    Transition transition = Lifecycle.apply(state, event);
    assertThat(transition).isInstanceOf(Moved.class);
    return ((Moved) transition).to();
  }
}
