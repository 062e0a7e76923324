// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
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
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.registration.ChannelId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T1 = T0.plusSeconds(1);
  private static final ChannelId SELF = ChannelId.SELF;

  @Test
  void queued_whenRecalled_isPreventedForGood() {
    DeliveryState recalled = moved(new Queued(T0, SELF, 0), new RecallRequested(T1));

    assertThat(recalled).isEqualTo(new Recalled(T1, Recalled.Outcome.PREVENTED));
    assertThat(Lifecycle.apply(recalled, new Arrived(T1))).isInstanceOf(Stale.class);
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
