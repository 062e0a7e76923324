// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.lifecycle.Delivery.TimelineEntry;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Pins the texts that lie in people's databases; that every state comes back is the contract's
/// matter.
class DeliveryStateCodecTest {
  private static final Instant AT = Instant.ofEpochMilli(1767254400000L);
  private static final ChannelId FCM = new ChannelId("fcm");

  @Test
  void state_isWrittenAsItAlwaysWas() {
    assertText(new Queued(AT, ChannelId.SELF, 0), "1767254400000 self 0");
    assertText(
        new Queued(AT, ChannelId.SELF, 1, Optional.of(AT.plusSeconds(60))),
        "1767254400000 self 1 1767254460000");
    assertText(new Sending(AT, FCM, 2, true), "1767254400000 fcm 2 1");
    assertText(new Sent(AT, FCM, "a b  c"), "1767254400000 fcm a b  c");
    assertText(Abandoned.of(AT, ChannelId.SELF, 1), "1767254400000 self 1");
    assertText(
        new Abandoned(AT, ChannelId.SELF, 1, new Abandoned.Cause.Superseded(new TaskId(7))),
        "1767254400000 self 1 7");
    assertText(
        new Abandoned(AT, ChannelId.SELF, 1, new Abandoned.Cause.TaskStopped()),
        "1767254400000 self 1 stopped");
    assertText(
        new Recalling(AT, new Delivered(AT.minusMillis(1), FCM)),
        "1767254400000 delivered 1767254399999 fcm");
  }

  private static void assertText(DeliveryState state, String text) {
    assertThat(DeliveryStateCodec.write(state)).isEqualTo(text);
    assertThat(DeliveryStateCodec.read(state.status(), text)).isEqualTo(state);
  }

  @Test
  void zeroByteInAVendorsWords_isReplaced() {
    assertThat(DeliveryStateCodec.write(new Failed(AT, "a\0b")))
        .isEqualTo("1767254400000 a\uFFFDb");
  }

  @Test
  void channelWithASpace_isRefused() {
    var state = new Queued(AT, new ChannelId("two words"), 0);

    assertThatThrownBy(() -> DeliveryStateCodec.write(state))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timeline_isWrittenAsItAlwaysWas() {
    var timelineEntries =
        List.of(
            new TimelineEntry(DeliveryStatus.QUEUED, AT),
            new TimelineEntry(
                DeliveryStatus.QUEUED, AT.plusMillis(5), Optional.of(AT.plusSeconds(60))),
            new TimelineEntry(DeliveryStatus.TOO_LATE, AT.plusMillis(7)));

    String text = TimelineCodec.write(timelineEntries);

    assertThat(text)
        .isEqualTo("queued:1767254400000,queued:1767254400005/1767254460000,tooLate:1767254400007");
    assertThat(TimelineCodec.read(text)).isEqualTo(timelineEntries);
    assertThat(TimelineCodec.read("")).isEmpty();
  }
}
