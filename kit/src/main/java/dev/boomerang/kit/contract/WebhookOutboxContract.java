// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.model.push.Webhook.EventType.CLICKED;
import static dev.boomerang.model.push.Webhook.EventType.NOT_RECEIVED;
import static dev.boomerang.model.push.Webhook.EventType.RECEIVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Addition;
import dev.boomerang.port.WebhookOutbox;
import dev.boomerang.port.WebhookOutbox.Batch;
import dev.boomerang.port.WebhookOutbox.PendingEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

public abstract class WebhookOutboxContract extends StoreContract {
  private static final int MANY = 1_000;
  private static final Instant LONG_AGO = NOW.minusSeconds(86_400);

  private WebhookOutbox callbacks() {
    return store().webhooks();
  }

  private static Instant at(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  private void happens(DeliveryId id, DeliveryEvent... events) {
    store().deliveries().apply(Stream.of(events).map(event -> new Change(id, event)).toList());
  }

  private Optional<Batch> take(Task task, int second) {
    return callbacks().claim(task.id(), at(second), at(second + 60), MANY);
  }

  /// Returns what a task's queue holds, and empties it.
  private List<PendingEvent> drain(Task task) {
    Optional<Batch> batch = take(task, 1_000);
    batch.ifPresent(it -> callbacks().delivered(it, at(1_000)));
    return batch.map(Batch::pendingEvents).orElse(List.of());
  }

  private static PendingEvent pendingEvent(long number, DeliveryId id, EventType eventType) {
    return new PendingEvent(number, id.registration(), eventType, NOW, "");
  }

  /// Accepts a push to as many devices, all of which have it.
  private Acceptance received(int devices) {
    RegistrationId[] registrations =
        Stream.generate(Fixtures::aRegistrationId).limit(devices).toArray(RegistrationId[]::new);
    Acceptance push = accept(aPush().to(registrations).telling(RECEIVED));
    for (Delivery delivery : push.deliveries()) {
      happens(delivery.id(), new Claimed(NOW), new Arrived(NOW));
    }
    return push;
  }

  @Test
  void task_keepsItsCallback() {
    Task task = accept(aPush().telling(RECEIVED, NOT_RECEIVED)).task();

    assertThat(task.webhook()).contains(Fixtures.aWebhook(NOT_RECEIVED, RECEIVED));
    assertThat(store().tasks().find(task.id())).contains(task);
  }

  @Test
  void steps_thatAreAskedFor_areNoted_inTheirOrder() {
    Acceptance push = accept(aPush().to(aRegistrationId()).telling(RECEIVED, CLICKED));
    DeliveryId id = only(push);

    happens(id, new Claimed(NOW));
    assertThat(callbacks().due(at(9), MANY)).isEmpty();
    happens(id, new Arrived(at(1)), new OpenReported(at(2)), new OpenReported(at(3)));

    assertThat(callbacks().due(at(0), MANY)).isEmpty();
    assertThat(callbacks().due(at(1), MANY)).containsExactly(push.task().id());
    assertThat(take(push.task(), 1))
        .contains(
            new Batch(
                push.task(),
                List.of(
                    new PendingEvent(1, id.registration(), RECEIVED, at(1), ""),
                    new PendingEvent(2, id.registration(), CLICKED, at(2), "")),
                0,
                at(61)));
  }

  @Test
  void steps_thatAreNotAskedFor_areNotNoted() {
    Acceptance silent = accept(aPush().to(aRegistrationId()));
    Acceptance picky = accept(aPush().to(aRegistrationId()).telling(CLICKED));

    for (Acceptance push : List.of(silent, picky)) {
      happens(only(push), new Claimed(NOW), new Arrived(NOW));
    }

    assertThat(callbacks().due(at(9), MANY)).isEmpty();
    assertThat(callbacks().pendingCount()).isZero();
  }

  @Test
  void delivery_thatEnds_isNotedWithItsCause() {
    Acceptance expired = accept(aPush().to(aRegistrationId()).telling(NOT_RECEIVED));
    Acceptance failed = accept(aPush().to(aRegistrationId()).telling(NOT_RECEIVED));
    happens(only(expired), new DeadlinePassed(at(5)));
    happens(only(failed), new Unreachable(at(5), "gone"));

    assertThat(drain(expired.task()))
        .containsExactly(
            new PendingEvent(1, only(expired).registration(), NOT_RECEIVED, at(5), "expired"));
    assertThat(drain(failed.task())).extracting(PendingEvent::cause).containsExactly("gone");
  }

  @Test
  void delivery_thatNeverBegan_isNotedWithItsTask() {
    var failed = new DeliveryState.Failed(NOW, "no-channel");
    Acceptance push =
        accept(aPush().to(aRegistrationId()).beginning(failed).telling(RECEIVED, NOT_RECEIVED));

    assertThat(drain(push.task()))
        .containsExactly(
            new PendingEvent(1, only(push).registration(), NOT_RECEIVED, NOW, "no-channel"));
  }

  @Test
  void delivery_addedLater_isNotedToo() {
    Task open =
        accept(
                aPush()
                    .to("", "m")
                    .telling(NOT_RECEIVED, RECEIVED)
                    .open(Strategy.ONLINE_ELSE_VENDOR))
            .task();
    Delivery waits = added(open, new DeliveryState.Queued(NOW, ChannelId.SELF, 0));
    Delivery fails = added(open, new DeliveryState.Failed(NOW, "no-channel"));

    store().tasks().add(new Addition(open, List.of(waits, fails), 0));
    happens(waits.id(), new Claimed(at(1)), new Arrived(at(2)));

    assertThat(drain(open))
        .containsExactly(
            new PendingEvent(1, fails.id().registration(), NOT_RECEIVED, NOW, "no-channel"),
            new PendingEvent(2, waits.id().registration(), RECEIVED, at(2), ""));
  }

  private static Delivery added(Task task, DeliveryState state) {
    return Delivery.create(
        new DeliveryId(task.id(), aRegistrationId()),
        task.app(),
        Platform.ANDROID,
        0,
        task.expiresAt(),
        state);
  }

  @Test
  void delivery_whosePlaceWasTaken_isNotedInTheSameStep() {
    RegistrationId phone = aRegistrationId();
    Acceptance older = accept(aPush().to(phone).in(new CollapseKey("news")).telling(NOT_RECEIVED));

    store().tasks().accept(aPush().acceptedAt(at(1)).to(phone).in(new CollapseKey("news")).build());

    assertThat(drain(older.task()))
        .containsExactly(new PendingEvent(1, phone, NOT_RECEIVED, at(1), "overridden"));
  }

  @Test
  void broadcast_notesWhatDevicesDo_andNotWhatEndsAllAtOnce() {
    var phones =
        Stream.generate(() -> store().registrations().add(aRegistration().build()))
            .limit(3)
            .toList();
    Task task =
        accept(
                aPush()
                    .toEveryone(Everyone.all(Optional.empty()), phones.get(0).id())
                    .telling(RECEIVED, CLICKED, NOT_RECEIVED))
            .task();
    var connected = new DeliveryId(task.id(), phones.get(0).id());
    var later = new DeliveryId(task.id(), phones.get(1).id());

    happens(connected, new Arrived(at(1)), new OpenReported(at(2)));
    happens(later, new Claimed(at(3)));
    store().broadcasts().recall(task.id(), at(4));
    happens(later, new Arrived(at(5)));

    assertThat(drain(task))
        .containsExactly(
            new PendingEvent(1, connected.registration(), RECEIVED, at(1), ""),
            new PendingEvent(2, connected.registration(), CLICKED, at(2), ""),
            new PendingEvent(3, later.registration(), RECEIVED, at(5), ""));
  }

  @Test
  void batch_hasAtMostSoMany_andTheRestIsDueBehindIt() {
    Acceptance push = received(5);
    Batch first = callbacks().claim(push.task().id(), at(1), at(61), 2).orElseThrow();

    assertThat(first.pendingEvents()).extracting(PendingEvent::number).containsExactly(1L, 2L);
    callbacks().delivered(first, at(7));

    assertThat(callbacks().due(at(6), MANY)).isEmpty();
    assertThat(callbacks().pendingCount()).isEqualTo(3);
    Batch second = callbacks().claim(push.task().id(), at(7), at(67), 2).orElseThrow();
    assertThat(second.pendingEvents()).extracting(PendingEvent::number).containsExactly(3L, 4L);
    callbacks().delivered(second, at(8));
    assertThat(drain(push.task())).extracting(PendingEvent::number).containsExactly(5L);
    assertThat(callbacks().pendingCount()).isZero();
    assertThat(callbacks().due(at(9_999), MANY)).isEmpty();
  }

  @Test
  void batch_takenAgain_isTheSame_whateverCameMeanwhile() {
    Acceptance push = received(2);
    DeliveryId id = push.deliveries().getFirst().id();
    assertThat(take(push.task(), 1)).isPresent();
    happens(push.deliveries().getLast().id(), new OpenReported(at(2)));
    Acceptance other = received(1);

    assertThat(take(push.task(), 60)).isEmpty();
    Batch again = take(push.task(), 61).orElseThrow();

    assertThat(again.pendingEvents())
        .containsExactly(pendingEvent(1, id, RECEIVED), secondOf(push));
    assertThat(callbacks().due(at(61), MANY)).containsExactly(other.task().id());
  }

  private static PendingEvent secondOf(Acceptance push) {
    return pendingEvent(2, push.deliveries().get(1).id(), RECEIVED);
  }

  @Test
  void batch_thatFailed_isDueLater_andCounted() {
    Task task = received(1).task();

    assertThat(callbacks().failed(take(task, 1).orElseThrow(), at(9), LONG_AGO)).isZero();

    assertThat(take(task, 8)).isEmpty();
    Batch second = take(task, 9).orElseThrow();
    assertThat(second.attempt()).isEqualTo(1);
    callbacks().postpone(second, at(20));
    assertThat(take(task, 19)).isEmpty();
    Batch third = take(task, 20).orElseThrow();
    assertThat(third.attempt()).isEqualTo(1);
    callbacks().delivered(third, at(21));
    assertThat(callbacks().due(at(9_999), MANY)).isEmpty();
  }

  @Test
  void success_beginsCountingAnew() {
    Acceptance push = accept(aPush().to(aRegistrationId()).telling(RECEIVED, CLICKED));
    happens(only(push), new Claimed(NOW), new Arrived(NOW));
    callbacks().failed(take(push.task(), 1).orElseThrow(), at(2), LONG_AGO);
    callbacks().delivered(take(push.task(), 2).orElseThrow(), at(3));

    happens(only(push), new OpenReported(at(4)));

    Batch next = take(push.task(), 4).orElseThrow();
    assertThat(next.attempt()).isZero();
    assertThat(next.pendingEvents()).extracting(PendingEvent::number).containsExactly(2L);
  }

  @Test
  void notes_tooOld_areGivenUpWhenTheyFail_andTheOthersStay() {
    Acceptance push =
        accept(aPush().to(aRegistrationId(), aRegistrationId()).telling(RECEIVED, CLICKED));
    DeliveryId first = push.deliveries().get(0).id();
    DeliveryId second = push.deliveries().get(1).id();
    happens(first, new Claimed(NOW), new Arrived(at(1)), new OpenReported(at(2)));
    happens(second, new Claimed(NOW), new Arrived(at(50)));

    assertThat(callbacks().failed(take(push.task(), 60).orElseThrow(), at(61), at(50)))
        .isEqualTo(2);

    assertThat(callbacks().pendingCount()).isEqualTo(1);
    Batch rest = take(push.task(), 61).orElseThrow();
    assertThat(rest.pendingEvents())
        .containsExactly(new PendingEvent(3, second.registration(), RECEIVED, at(50), ""));
    assertThat(callbacks().failed(rest, at(62), at(51))).isEqualTo(1);
    assertThat(callbacks().due(at(9_999), MANY)).isEmpty();
    happens(second, new OpenReported(at(70)));
    assertThat(drain(push.task())).extracting(PendingEvent::number).containsExactly(4L);
  }

  @Test
  void batch_whoseLeaseIsOver_belongsToWhoTookItNext() {
    Task task = received(1).task();
    Batch slow = take(task, 1).orElseThrow();
    Batch quick = take(task, 61).orElseThrow();

    callbacks().delivered(slow, at(62));
    assertThat(callbacks().failed(slow, at(62), at(9_999))).isZero();
    callbacks().postpone(slow, at(62));

    assertThat(callbacks().due(at(120), MANY)).isEmpty();
    callbacks().delivered(quick, at(63));
    assertThat(callbacks().pendingCount()).isZero();
  }

  /// Clocks are finer than what is kept.
  @Test
  void batch_takenAtAnyTime_isKnownAgain() {
    Task task = received(1).task();
    Instant now = at(1).plusNanos(123_456_789);

    Batch first = callbacks().claim(task.id(), now, now.plusSeconds(60), MANY).orElseThrow();
    callbacks().failed(first, now.plusNanos(1), LONG_AGO);
    Batch second =
        callbacks().claim(task.id(), now.plusSeconds(1), now.plusSeconds(61), MANY).orElseThrow();
    callbacks().delivered(second, now);

    assertThat(second.attempt()).isEqualTo(1);
    assertThat(callbacks().pendingCount()).isZero();
  }

  @Test
  void due_isTheLongestOverdueFirst_atMostSoMany() {
    Task late = received(1).task();
    Task early = received(1).task();
    Task never = accept(aPush().telling(RECEIVED)).task();
    callbacks().postpone(take(late, 1).orElseThrow(), at(9));
    callbacks().postpone(take(early, 1).orElseThrow(), at(8));

    assertThat(callbacks().due(at(9), MANY)).containsExactly(early.id(), late.id());
    assertThat(callbacks().due(at(9), 1)).containsExactly(early.id());
    assertThat(take(never, 9)).isEmpty();
    assertThat(callbacks().claim(new TaskId(1), at(9), at(10), MANY)).isEmpty();
  }

  @Test
  void racers_forOneBatch_getItOnce() {
    Task task = received(1).task();

    List<Optional<Batch>> taken = ConcurrentCalls.among(20, i -> take(task, 1 + i % 2));

    assertThat(taken.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  void writersAndSenders_atOnce_loseNothing_andKeepTheOrder() {
    int devices = 40;
    RegistrationId[] registrations =
        Stream.generate(Fixtures::aRegistrationId).limit(devices).toArray(RegistrationId[]::new);
    Acceptance push = accept(aPush().to(registrations).telling(RECEIVED, CLICKED));

    List<List<PendingEvent>> sent =
        ConcurrentCalls.among(
            devices + 4,
            i -> {
              if (i < devices) {
                DeliveryId id = push.deliveries().get(i).id();
                happens(id, new Claimed(NOW), new Arrived(NOW));
                happens(id, new OpenReported(NOW));
                return List.of();
              }
              return IntStream.range(0, 30)
                  .mapToObj(round -> sendSome(push.task(), i * 1_000 + round))
                  .flatMap(List::stream)
                  .toList();
            });

    List<PendingEvent> all =
        Stream.concat(sent.stream().flatMap(List::stream), drain(push.task()).stream()).toList();
    assertThat(all).extracting(PendingEvent::number).doesNotHaveDuplicates();
    assertThat(all.stream().map(PendingEvent::number).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 2L * devices).boxed().toList());
    for (Delivery delivery : push.deliveries()) {
      assertThat(
              all.stream()
                  .filter(
                      pendingEvent ->
                          pendingEvent.registration().equals(delivery.id().registration()))
                  .sorted(Comparator.comparing(PendingEvent::number))
                  .map(PendingEvent::eventType))
          .containsExactly(RECEIVED, CLICKED);
    }
  }

  /// `lease` makes the racers' batches different.
  private List<PendingEvent> sendSome(Task task, int lease) {
    Optional<Batch> batch = callbacks().claim(task.id(), NOW, at(lease), 7);
    batch.ifPresent(it -> callbacks().delivered(it, NOW));
    return batch.map(Batch::pendingEvents).orElse(List.of());
  }

  @Test
  void task_cleared_takesItsNotesAlong() {
    Task task = received(3).task();

    store().tasks().purge(task.expiresAt(), MANY);

    assertThat(callbacks().pendingCount()).isZero();
    assertThat(callbacks().due(at(9_999), MANY)).isEmpty();
    assertThat(take(task, 9)).isEmpty();
  }
}
