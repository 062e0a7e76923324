// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.delivery;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.kit.fixture.Fixtures.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.contract.StoreContract;
import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Delivery.TimelineEntry;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.lifecycle.Transition.Unknown;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.TaskStore.Acceptance;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests how deliveries change and what is kept of it. What waits and what is due is tested by
/// [MailboxContract].
public abstract class DeliveryStoreContract extends StoreContract {
  private static final ChannelId FCM = new ChannelId("fcm");

  private DeliveryStore deliveries() {
    return store().deliveries();
  }

  private static Instant at(int millis) {
    return NOW.plusMillis(millis);
  }

  private DeliveryId queued() {
    return only(accept(aPush().to(aRegistrationId())));
  }

  private Delivery find(DeliveryId id) {
    return deliveries().find(id).orElseThrow();
  }

  static Stream<DeliveryState> states() {
    return LifecycleExamples.states();
  }

  @Test
  void examples_leaveOutNoPhase() {
    assertThat(states().map(DeliveryState::status).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(DeliveryStatus.class));
  }

  @ParameterizedTest
  @MethodSource("states")
  void delivery_inEachState_comesBackWithAllItsData(DeliveryState state) {
    Acceptance push = accept(aPush().to(aRegistrationId()).beginning(state));

    assertThat(deliveries().find(only(push))).contains(push.deliveries().getFirst());
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void delivery_onEachPlatform_keepsItAndItsChannel(Platform platform) {
    Acceptance push =
        accept(aPush().on(platform).to(aRegistrationId()).beginning(new Queued(NOW, FCM, 0)));
    DeliveryId id = only(push);

    record(id, new Claimed(at(1)));
    record(id, new Arrived(at(2)));
    record(id, new OpenReported(at(3)));

    assertThat(find(id).platform()).isEqualTo(platform);
    assertThat(find(id).channel()).isEqualTo(FCM);
    assertThat(deliveries().ofTask(id.task(), "", 1)).containsExactly(find(id));
  }

  @ParameterizedTest
  @MethodSource("states")
  void event_inEachState_doesWhatTheLifecycleSays(DeliveryState state) {
    var events = LifecycleExamples.events(at(500)).toList();
    var push = aPush().beginning(state);
    events.forEach(_ -> push.to(aRegistrationId()));
    var before = accept(push).deliveries();
    var changes =
        IntStream.range(0, events.size())
            .mapToObj(i -> new Change(before.get(i).id(), events.get(i)))
            .toList();

    var transitions = deliveries().apply(changes);

    assertThat(transitions)
        .isEqualTo(events.stream().map(event -> LifecycleExamples.apply(state, event)).toList());
    for (int i = 0; i < events.size(); i++) {
      Delivery expected =
          transitions.get(i) instanceof Moved(_, var to)
              ? before.get(i).withState(to)
              : before.get(i);
      assertThat(find(before.get(i).id())).isEqualTo(expected);
    }
  }

  @Test
  void delivery_neverAccepted_isUnknown() {
    var id = new DeliveryId(aTaskId(), aRegistrationId());

    assertThat(deliveries().find(id)).isEmpty();
    assertThat(record(id, new Claimed(NOW))).isEqualTo(new Unknown());
    assertThat(deliveries().find(id)).isEmpty();
    assertThat(deliveries().apply(List.of())).isEmpty();
  }

  @Test
  void changesOfOneDelivery_areAppliedInTheOrderGiven() {
    DeliveryId id = queued();
    var events =
        List.<DeliveryEvent>of(
            new Claimed(at(1)),
            new Arrived(at(2)),
            new Arrived(at(3)),
            new ShownReported(at(4)),
            new OpenReported(at(5)));

    var transitions =
        deliveries().apply(events.stream().map(event -> new Change(id, event)).toList());

    var queued = new Queued(NOW, ChannelId.SELF, 0);
    var sending = new Sending(at(1), ChannelId.SELF, 1, false);
    var delivered = new Delivered(at(2), ChannelId.SELF);
    assertThat(transitions.subList(0, 3))
        .containsExactly(
            new Moved(queued, sending),
            new Moved(sending, delivered),
            new Stale(delivered, events.get(2)));
    assertThat(find(id).state()).isEqualTo(new Opened(at(5)));
    assertThat(find(id).timeline())
        .containsExactly(
            new TimelineEntry(DeliveryStatus.QUEUED, NOW),
            new TimelineEntry(DeliveryStatus.SENDING, at(1)),
            new TimelineEntry(DeliveryStatus.DELIVERED, at(2)),
            new TimelineEntry(DeliveryStatus.SHOWN, at(4)),
            new TimelineEntry(DeliveryStatus.OPENED, at(5)));
  }

  @Test
  void changesOfManyDeliveries_areAnsweredInTheOrderGiven() {
    DeliveryId one = queued();
    DeliveryId two = queued();
    var unknown = new DeliveryId(aTaskId(), aRegistrationId());

    var transitions =
        deliveries()
            .apply(
                List.of(
                    new Change(two, new Claimed(at(1))),
                    new Change(unknown, new Claimed(at(2))),
                    new Change(one, new RecallRequested(at(3))),
                    new Change(two, new Arrived(at(4)))));

    assertThat(transitions.get(0)).isInstanceOf(Moved.class);
    assertThat(transitions.get(1)).isEqualTo(new Unknown());
    assertThat(transitions.get(2)).isInstanceOf(Moved.class);
    assertThat(find(one).state().status()).isEqualTo(DeliveryStatus.RECALLED);
    assertThat(find(two).state().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void vendorsWords_areKept() {
    DeliveryId id =
        only(accept(aPush().to(aRegistrationId()).beginning(new Sending(NOW, FCM, 1, false))));
    var words = "projects/p/messages/0:15 %31bd \"é\" 消息";

    record(id, new DeliveryEvent.Accepted(at(1), words));
    assertThat(find(id).state()).isEqualTo(new DeliveryState.Sent(at(1), FCM, words));

    record(id, new DeliveryEvent.Rejected(at(2), words));
    assertThat(find(id).state()).isEqualTo(new DeliveryState.Failed(at(2), words));
  }

  @Test
  void fiftyRacingClaimsAndRecalls_leaveOneConsistentLife() {
    for (int round = 0; round < 10; round++) {
      DeliveryId id = queued();
      Delivery before = find(id);

      var transitions =
          ConcurrentCalls.among(
              50, i -> record(id, i % 2 == 0 ? new Claimed(at(i)) : new RecallRequested(at(i))));

      assertOneLife(before, transitions);
      assertThat(transitions)
          .filteredOn(
              transition ->
                  transition instanceof Moved(_, var to)
                      && EnumSet.of(DeliveryStatus.RECALLED, DeliveryStatus.RECALLING)
                          .contains(to.status()))
          .hasSize(1);
    }
  }

  @Test
  void fiftyRacingReceipts_haveOneWinnerEach() {
    DeliveryId id = queued();
    record(id, new Claimed(NOW));
    Delivery before = find(id);

    var transitions =
        ConcurrentCalls.among(
            50, i -> record(id, i % 2 == 0 ? new Arrived(at(i)) : new OpenReported(at(i))));

    assertOneLife(before, transitions);
    assertThat(find(id).state().status()).isEqualTo(DeliveryStatus.OPENED);
  }

  /// Checks that the moves, put one after the other, lead from the state before to the state found,
  /// along the timeline found.
  private void assertOneLife(Delivery before, List<Transition> transitions) {
    var moves = new HashMap<DeliveryState, DeliveryState>();
    for (Transition transition : transitions) {
      if (transition instanceof Moved(var from, var to)) {
        assertThat(moves.put(from, to)).as("two left " + from).isNull();
      }
    }
    Delivery life = before;
    while (moves.containsKey(life.state())) {
      life = life.withState(moves.remove(life.state()));
    }
    assertThat(moves).as("moves from states that never were").isEmpty();
    assertThat(find(before.id())).isEqualTo(life);
  }

  @Test
  void manyRacingOverTheSameDeliveries_inAnyOrder_allGetAnAnswer() {
    var push = aPush();
    for (int i = 0; i < 40; i++) {
      push.to(aRegistrationId());
    }
    var ids = accept(push).deliveries().stream().map(Delivery::id).toList();

    var answers =
        ConcurrentCalls.among(
            20,
            i -> {
              var changes = ids.stream().map(id -> new Change(id, new Arrived(at(i)))).toList();
              var claims = ids.stream().map(id -> new Change(id, new Claimed(at(i)))).toList();
              return deliveries().apply(i % 2 == 0 ? claims.reversed() : changes);
            });

    assertThat(answers).allMatch(answer -> answer.size() == ids.size());
    for (DeliveryId id : ids) {
      var statuses = find(id).timeline().stream().map(TimelineEntry::status).toList();
      assertThat(statuses).startsWith(DeliveryStatus.QUEUED, DeliveryStatus.SENDING);
      assertThat(new HashSet<>(statuses)).doesNotContain(DeliveryStatus.FAILED);
    }
  }

  @Test
  void ofTask_pagesInOrderOfRegistrationId() {
    var push = aPush();
    var registrations = Stream.generate(Fixtures::aRegistrationId).limit(25).toList();
    registrations.reversed().forEach(push::to);
    var task = accept(push).task().id();
    accept(aPush().to(registrations.getFirst()));

    var first = deliveries().ofTask(task, "", 10);
    var rest = deliveries().ofTask(task, first.getLast().id().registration().value(), 100);

    assertThat(Stream.concat(first.stream(), rest.stream()))
        .extracting(delivery -> delivery.id().registration())
        .containsExactlyElementsOf(registrations);
    assertThat(deliveries().ofTask(aTaskId(), "", 10)).isEmpty();
  }

  @Test
  void counts_addUpByPhaseAndLeaveOutTheRest() {
    var push = aPush();
    for (int i = 0; i < 6; i++) {
      push.to(aRegistrationId());
    }
    Acceptance accepted = accept(push);
    var ids = accepted.deliveries().stream().map(Delivery::id).toList();

    ids.subList(0, 3).forEach(id -> record(id, new Claimed(at(1))));
    record(ids.get(0), new Arrived(at(2)));
    record(ids.get(5), new RecallRequested(at(3)));
    queued();

    assertThat(deliveries().counts(accepted.task().id()))
        .isEqualTo(
            Map.of(
                DeliveryStatus.QUEUED,
                2,
                DeliveryStatus.SENDING,
                2,
                DeliveryStatus.DELIVERED,
                1,
                DeliveryStatus.RECALLED,
                1));
    assertThat(deliveries().counts(aTaskId())).isEmpty();
  }
}
