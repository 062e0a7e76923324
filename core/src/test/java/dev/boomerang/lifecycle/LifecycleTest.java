// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Clicked;
import dev.boomerang.lifecycle.DeliveryEvent.Displayed;
import dev.boomerang.lifecycle.DeliveryEvent.RecallAsked;
import dev.boomerang.lifecycle.DeliveryEvent.RecallDone;
import dev.boomerang.lifecycle.DeliveryEvent.TimeUp;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState.Lapsed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Recall;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T1 = T0.plusSeconds(1);
  private static final ChannelId SELF = ChannelId.SELF;

  @Test
  void queued_whenRecalled_isPreventedForGood() {
    DeliveryState recalled = moved(new Queued(T0, SELF, 0), new RecallAsked(T1));

    assertThat(recalled).isEqualTo(new Recalled(T1, Recalled.How.PREVENTED));
    assertThat(Lifecycle.apply(recalled, new Arrived(T1))).isInstanceOf(Stale.class);
  }

  @Test
  void sending_whenRecalled_isNotCalledRecalledBeforeItsFateIsKnown() {
    var sending = new Sending(T0, SELF, 1, false);

    assertThat(moved(sending, new RecallAsked(T1))).isEqualTo(new Recalling(T1, sending));
  }

  @Test
  void recalling_whenTheSessionNeverWroteIt_isPrevented() {
    var recalling = new Recalling(T0, new Sending(T0, SELF, 2, false));

    assertThat(moved(recalling, new Unwritten(T1, 2)))
        .isEqualTo(new Recalled(T1, Recalled.How.PREVENTED));
    assertThat(Lifecycle.apply(recalling, new Unwritten(T1, 1)))
        .as("word of an earlier hand-over says nothing of this one")
        .isInstanceOf(Stale.class);
  }

  @Test
  void recalling_whenTheDeviceTellsMore_remembersIt() {
    var recalling = new Recalling(T0, new Sending(T0, SELF, 1, false));

    assertThat(moved(recalling, new Displayed(T1)))
        .isEqualTo(new Recalling(T0, new Shown(T1, SELF)));
  }

  @Test
  void recalling_whenOpenedMeanwhile_isOpened() {
    var recalling = new Recalling(T0, new Shown(T0, SELF));

    assertThat(moved(recalling, new Clicked(T1))).isEqualTo(new Opened(T1));
    assertThat(Lifecycle.apply(new Opened(T1), new RecallDone(T1))).isInstanceOf(Stale.class);
  }

  @Test
  void recalling_isGivenUp_onlyAfterTheWindow() {
    var recalling = new Recalling(T0, new Shown(T0, SELF));

    assertThat(Lifecycle.apply(recalling, new TimeUp(T0.plus(Recall.WINDOW).minusMillis(1))))
        .isInstanceOf(Stale.class);
    assertThat(moved(recalling, new TimeUp(T0.plus(Recall.WINDOW))).phase())
        .isEqualTo(Phase.FAILED);
  }

  @Test
  void arrival_afterExpiry_isCountedNotBelieved() {
    assertThat(Lifecycle.apply(Lapsed.of(T0, SELF, 1), new Arrived(T1))).isInstanceOf(Stale.class);
  }

  @Test
  void lapsed_whenRecalled_isStillFollowed() {
    assertThat(moved(Lapsed.of(T0, SELF, 1), new RecallAsked(T1)).phase())
        .isEqualTo(Phase.RECALLING);
  }

  @Test
  void vendorSending_whenRecalled_waitsForTheVendorsAnswer() {
    var vendor = new ChannelId("fcm");
    DeliveryState wanted = moved(new Sending(T0, vendor, 1, false), new RecallAsked(T1));

    assertThat(wanted).isEqualTo(new Sending(T1, vendor, 1, true));
    assertThat(moved(wanted, new DeliveryEvent.Rejected(T1, "gone")))
        .isEqualTo(new Recalled(T1, Recalled.How.PREVENTED));
    assertThat(moved(wanted, new DeliveryEvent.Accepted(T1, "id")).phase())
        .isEqualTo(Phase.RECALLING);
  }

  private static DeliveryState moved(DeliveryState state, DeliveryEvent event) {
    Transition transition = Lifecycle.apply(state, event);
    assertThat(transition).isInstanceOf(Moved.class);
    return ((Moved) transition).to();
  }
}
