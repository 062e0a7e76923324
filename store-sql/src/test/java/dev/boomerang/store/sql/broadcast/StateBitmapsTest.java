// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalled.Outcome;
import dev.boomerang.lifecycle.DeliveryState.Recalling;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryState.Sent;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.TooLate;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Lifecycle;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.store.sql.registration.NumberedRegistration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StateBitmapsTest {
  private static final Instant AT = Instant.ofEpochMilli(1767254400000L);
  private static final ChannelId SELF = ChannelId.SELF;
  private static final int CHUNK = 16_384;

  /// All that a delivery of a broadcast can be; hand-overs are counted exactly up to 2.
  private static final List<DeliveryState> STATES =
      List.of(
          new DeliveryState.Pending(AT),
          new Queued(AT, SELF, 0),
          new Queued(AT, SELF, 1),
          new Queued(AT, SELF, 2),
          new Sending(AT, SELF, 1, false),
          new Sending(AT, SELF, 2, false),
          new Delivered(AT, SELF),
          new Shown(AT, SELF),
          Abandoned.of(AT, SELF, 1),
          Abandoned.of(AT, SELF, 2),
          new Abandoned(AT, SELF, 1, new Abandoned.Cause.Superseded(TaskId.NONE)),
          new Abandoned(AT, SELF, 2, new Abandoned.Cause.TaskStopped()),
          new Recalling(AT, new Abandoned(AT, SELF, 1, new Abandoned.Cause.TaskStopped())),
          new DeliveryState.Stopped(AT),
          new Overridden(AT, TaskId.NONE, Overridden.Outcome.PREVENTED),
          new Overridden(AT, TaskId.NONE, Overridden.Outcome.REPLACED),
          new Recalling(AT, new Sending(AT, SELF, 1, false)),
          new Recalling(AT, new Sending(AT, SELF, 2, false)),
          new Recalling(AT, new Delivered(AT, SELF)),
          new Recalling(AT, new Shown(AT, SELF)),
          new Recalling(AT, Abandoned.of(AT, SELF, 1)),
          new Opened(AT),
          new Dismissed(AT),
          new Recalled(AT, Outcome.PREVENTED),
          new Recalled(AT, Outcome.WITHDRAWN),
          new TooLate(AT),
          new Expired(AT),
          new Failed(AT, Lifecycle.RECALL_UNANSWERED));

  private static NumberedRegistration numbered(int number) {
    return new NumberedRegistration(
        new RegistrationId("%023d".formatted(number)),
        number,
        new AudienceAttributes(new AppId("shop"), Platform.ANDROID, true, AT, false));
  }

  private static StateBitmaps stored(StateBitmaps stateBitmaps) {
    return StateBitmaps.read(stateBitmaps.write());
  }

  private static Map<DeliveryStatus, Integer> phases(StateBitmaps stateBitmaps) {
    Map<DeliveryStatus, Integer> statuses = new HashMap<>();
    stateBitmaps
        .counts(AT)
        .forEach((state, many) -> statuses.merge(state.status(), many, Integer::sum));
    return statuses;
  }

  @Test
  void marksOfSeveralChunks_comeBackFromTheirBytes_andCountAsTheyAre() {
    Map<Integer, DeliveryState> states = new TreeMap<>();
    for (int number = CHUNK - 40; number < 3 * CHUNK + 40; number += 1 + number % 3) {
      states.put(number, STATES.get(states.size() % STATES.size()));
    }
    Map<BitmapChunks.Key, StateBitmaps> chunks = new HashMap<>();
    states.forEach(
        (number, state) ->
            chunks
                .computeIfAbsent(
                    BitmapChunks.Key.of(new TaskId(1), numbered(number)), _ -> new StateBitmaps())
                .set(numbered(number).offset(), state));

    chunks.replaceAll((_, stateBitmaps) -> stored(stateBitmaps));

    assertThat(chunks.keySet())
        .extracting(BitmapChunks.Key::chunk)
        .containsExactlyInAnyOrder(0, 1, 2, 3);
    for (int number = CHUNK - 80; number < 3 * CHUNK + 80; number++) {
      NumberedRegistration registration = numbered(number);
      StateBitmaps stateBitmaps =
          chunks.getOrDefault(BitmapChunks.Key.of(new TaskId(1), registration), new StateBitmaps());
      assertThat(stateBitmaps.state(registration.offset(), AT))
          .isEqualTo(Optional.ofNullable(states.get(number)));
    }
    assertCounts(states, chunks);
  }

  private static void assertCounts(
      Map<Integer, DeliveryState> states, Map<BitmapChunks.Key, StateBitmaps> chunks) {
    Map<DeliveryStatus, Integer> expected = new HashMap<>();
    DeliveryCounts deliveryCounts = DeliveryCounts.NONE;
    for (DeliveryState state : states.values()) {
      expected.merge(state.status(), 1, Integer::sum);
      deliveryCounts = deliveryCounts.plus(DeliveryFunnel.of(state));
    }
    Map<DeliveryStatus, Integer> counted = new HashMap<>();
    DeliveryCounts sum = DeliveryCounts.NONE;
    for (StateBitmaps stateBitmaps : chunks.values()) {
      phases(stateBitmaps)
          .forEach((deliveryStatus, many) -> counted.merge(deliveryStatus, many, Integer::sum));
      for (var entry : stateBitmaps.counts(AT).entrySet()) {
        sum = sum.plus(DeliveryFunnel.of(entry.getKey()).times(entry.getValue()));
      }
    }
    assertThat(counted).isEqualTo(expected);
    assertThat(sum).isEqualTo(deliveryCounts);
  }

  @Test
  void mark_isOneAtATime() {
    var stateBitmaps = new StateBitmaps();
    for (DeliveryState before : STATES) {
      for (DeliveryState after : STATES) {
        stateBitmaps.set(5, before);
        stateBitmaps.set(5, after);

        assertThat(stateBitmaps.state(5, AT)).contains(after);
        assertThat(phases(stateBitmaps)).isEqualTo(Map.of(after.status(), 1));
      }
    }
  }

  @Test
  void handOverBeyondTheSecond_isRemembered_butNotItsNumber() {
    var stateBitmaps = new StateBitmaps();
    for (int attempt : new int[] {3, 4, 7, 1_001}) {
      stateBitmaps.set(0, new Sending(AT, SELF, attempt, false));

      assertThat(stored(stateBitmaps).state(0, AT))
          .hasValueSatisfying(
              state ->
                  assertThat(state)
                      .isInstanceOfSatisfying(
                          Sending.class, it -> assertThat(it.attempt()).isGreaterThan(99)));
    }
  }

  /// One registration in each state.
  private static StateBitmaps all() {
    var stateBitmaps = new StateBitmaps();
    for (int offset = 0; offset < STATES.size(); offset++) {
      stateBitmaps.set(offset, STATES.get(offset));
    }
    return stored(stateBitmaps);
  }

  /// What is done to all at once is what the lifecycle does to each.
  private static void assertEach(StateBitmaps stateBitmaps, UnaryOperator<DeliveryState> step) {
    for (int offset = 0; offset < STATES.size(); offset++) {
      assertThat(stored(stateBitmaps).state(offset, AT)).contains(step.apply(STATES.get(offset)));
    }
  }

  private static DeliveryState after(DeliveryState state, DeliveryEvent event) {
    return Lifecycle.apply(state, event) instanceof Moved(var _, var to) ? to : state;
  }

  @Test
  void recallOfAll_isThatOfEach() {
    StateBitmaps stateBitmaps = all();

    stateBitmaps.recallAll();

    assertEach(stateBitmaps, state -> after(state, new RecallRequested(AT)));
  }

  @Test
  void endOfLifetimeForAll_isThatOfEach() {
    StateBitmaps stateBitmaps = all();

    stateBitmaps.expireAll();

    assertEach(stateBitmaps, state -> after(state, new DeadlinePassed(AT)));
  }

  @Test
  void endOfTheRecallsWaitForAll_isThatOfEach() {
    StateBitmaps stateBitmaps = all();

    stateBitmaps.failRecalls();

    assertEach(
        stateBitmaps,
        state -> state instanceof Recalling ? new Failed(AT, Lifecycle.RECALL_UNANSWERED) : state);
  }

  @Test
  void bytes_areAsTheyAlwaysWere() {
    var stateBitmaps = new StateBitmaps();
    stateBitmaps.set(1, new Sending(AT, SELF, 1, false));
    stateBitmaps.set(CHUNK - 1, new Recalling(AT, new Shown(AT, SELF)));

    assertThat(HexFormat.of().formatHex(stateBitmaps.write()))
        .isEqualTo(
            "01"
                + "013a3000000100000000000000100000000100"
                + "033a300000010000000000000010000000ff3f"
                + "0c3a300000010000000000000010000000ff3f"
                + "0d3a3000000100000000000000100000000100");
    assertThat(StateBitmaps.read(new byte[0]).counts(AT)).isEmpty();
  }

  @Test
  void bytes_ofANewerProgram_areRefused() {
    assertThatThrownBy(() -> StateBitmaps.read(new byte[] {9})).hasMessageContaining("version 9");
    assertThatThrownBy(() -> StateBitmaps.read(new byte[] {1, 99})).hasMessageContaining("kind 99");
  }

  @Test
  void stateThatABroadcastHasNot_isRefused() {
    var state = new Sent(AT, SELF, "vendor id");

    assertThatThrownBy(() -> new StateBitmaps().set(0, state))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
