// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.StopRequested;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.TaskStore.Acceptance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tests what a stop does to deliveries, of rows and of broadcasts.
public abstract class StopContract extends StoreContract {
  private static final Everyone ALL = Everyone.all(Optional.empty());
  private static final int MANY = 100;

  private Registration aPhone() {
    return store().registrations().add(aRegistration().build());
  }

  private Task broadcast() {
    return accept(aPush().toEveryone(ALL)).task();
  }

  private static DeliveryId of(Task task, Registration phone) {
    return new DeliveryId(task.id(), phone.id());
  }

  private void stop(Task task) {
    store().broadcasts().stop(task.id(), NOW);
  }

  private DeliveryStatus phase(DeliveryId id) {
    return store().deliveries().find(id).orElseThrow().state().status();
  }

  private List<TaskId> waiting(Registration phone) {
    return store()
        .broadcasts()
        .waiting(phone.id(), phone.audienceAttributes(), TaskId.NONE, NOW, MANY)
        .stream()
        .map(mailboxEntry -> mailboxEntry.task().id())
        .toList();
  }

  private Map<DeliveryStatus, Integer> counts(Task task) {
    return store().deliveries().counts(task.id());
  }

  @Test
  void delivery_thatWaits_isStopped_andLeavesItsMailbox() {
    Registration phone = aPhone();
    Acceptance push = accept(aPush().to(phone.id()));

    record(only(push), new StopRequested(NOW));

    assertThat(store().deliveries().find(only(push)).orElseThrow().state())
        .isEqualTo(new Stopped(NOW));
    assertThat(store().deliveries().mailbox(phone.id(), TaskId.NONE, NOW, MANY)).isEmpty();
    assertThat(store().deliveries().due(push.task().expiresAt(), MANY)).isEmpty();
    assertThat(record(only(push), new Claimed(NOW))).isInstanceOf(Stale.class);
    assertThat(counts(push.task())).isEqualTo(Map.of(DeliveryStatus.STOPPED, 1));
  }

  @Test
  void delivery_inASessionsHands_isStoppedOnceTheSessionSaysThatItNeverLeft() {
    Registration phone = aPhone();
    DeliveryId id = only(accept(aPush().to(phone.id())));
    record(id, new Claimed(NOW));

    record(id, new StopRequested(NOW));

    assertThat(store().deliveries().find(id).orElseThrow().state())
        .isInstanceOfSatisfying(
            Abandoned.class,
            state -> assertThat(state.cause()).isEqualTo(new Abandoned.Cause.TaskStopped()));
    assertThat(store().deliveries().mailbox(phone.id(), TaskId.NONE, NOW, MANY)).isEmpty();
    record(id, new NotSent(NOW, 1));
    assertThat(phase(id)).isEqualTo(DeliveryStatus.STOPPED);
  }

  @Test
  void broadcast_stopped_isTakenByNobody_andKeepsWhatLeft() {
    Registration away = aPhone();
    Registration back = aPhone();
    Registration out = aPhone();
    Registration arrived = aPhone();
    Registration opened = aPhone();
    Task task = broadcast();
    Task other = broadcast();
    for (Registration phone : List.of(back, out, arrived, opened)) {
      record(of(task, phone), new Claimed(NOW));
    }
    record(of(task, back), new NotSent(NOW, 1));
    record(of(task, arrived), new Arrived(NOW));
    record(of(task, opened), new OpenReported(NOW));

    stop(task);

    for (Registration phone : List.of(away, back, out, aPhone())) {
      assertThat(waiting(phone)).containsExactly(other.id());
      assertThat(record(of(task, phone), new Claimed(NOW))).isInstanceOf(Stale.class);
    }
    assertThat(phase(of(task, away))).isEqualTo(DeliveryStatus.STOPPED);
    assertThat(counts(task))
        .isEqualTo(
            Map.of(
                DeliveryStatus.STOPPED,
                1,
                DeliveryStatus.ABANDONED,
                1,
                DeliveryStatus.DELIVERED,
                1,
                DeliveryStatus.OPENED,
                1));
    assertThat(record(of(task, out), new NotSent(NOW, 1))).isInstanceOf(Moved.class);
    assertThat(phase(of(task, out))).isEqualTo(DeliveryStatus.STOPPED);
  }

  @Test
  void stopOfABroadcast_again_orOfOneThatIsClosed_changesNothing() {
    Registration away = aPhone();
    Registration out = aPhone();
    Task recalled = broadcast();
    Task over = broadcast();
    record(of(recalled, out), new Claimed(NOW));
    record(of(over, out), new Claimed(NOW));
    store().broadcasts().recall(recalled.id(), NOW);
    store().broadcasts().expire(over.id(), over.expiresAt());

    for (Task task : List.of(recalled, over)) {
      stop(task);
      stop(task);
    }

    assertThat(phase(of(recalled, away))).isEqualTo(DeliveryStatus.RECALLED);
    assertThat(phase(of(recalled, out))).isEqualTo(DeliveryStatus.RECALLING);
    assertThat(phase(of(over, away))).isEqualTo(DeliveryStatus.EXPIRED);
    assertThat(store().deliveries().find(of(over, out)).orElseThrow().state())
        .isInstanceOfSatisfying(
            Abandoned.class,
            state -> assertThat(state.cause()).isEqualTo(new Abandoned.Cause.LifetimeOver()));
  }

  @Test
  void recallOfAStoppedBroadcast_asksBackWhatMayBeOut_andLeavesTheStoppedStopped() {
    Registration away = aPhone();
    Registration out = aPhone();
    Registration never = aPhone();
    Task task = broadcast();
    record(of(task, out), new Claimed(NOW));
    record(of(task, never), new Claimed(NOW));
    stop(task);

    store().broadcasts().recall(task.id(), NOW);

    assertThat(phase(of(task, away))).isEqualTo(DeliveryStatus.STOPPED);
    assertThat(store().broadcasts().recalling(out.id(), SHOP, TaskId.NONE, MANY))
        .containsExactly(of(task, out));
    record(of(task, never), new NotSent(NOW, 1));
    assertThat(phase(of(task, never))).isEqualTo(DeliveryStatus.RECALLED);
    store().broadcasts().expire(task.id(), task.expiresAt());
    assertThat(phase(of(task, away))).isEqualTo(DeliveryStatus.STOPPED);
  }

  @Test
  void fixedBroadcast_stopped_countsAllThatWaited() {
    var phones = new ArrayList<Registration>();
    for (int i = 0; i < 5; i++) {
      phones.add(aPhone());
    }
    var registrationSet = store().segments().resolve(SHOP, new Segment.All(List.of()));
    Task task = accept(aPush().toFixedSet(registrationSet, phones.getFirst().id())).task();
    record(of(task, phones.get(1)), new Claimed(NOW));
    record(of(task, phones.get(1)), new Arrived(NOW));

    stop(task);

    assertThat(counts(task))
        .isEqualTo(
            Map.of(
                DeliveryStatus.STOPPED,
                3,
                DeliveryStatus.ABANDONED,
                1,
                DeliveryStatus.DELIVERED,
                1));
    assertThat(store().statistics().ofTasks(List.of(task.id())))
        .containsEntry(task.id(), new DeliveryCounts(5, 2, 1, 0, 0));
  }

  @Test
  void racersToTakeAndToStop_leaveNothingThatWaits() {
    var phones = new ArrayList<Registration>();
    for (int i = 0; i < 30; i++) {
      phones.add(aPhone());
    }
    Task task = broadcast();

    ConcurrentCalls.among(
        31,
        racer -> {
          if (racer == 30) {
            stop(task);
          } else {
            record(of(task, phones.get(racer)), new Claimed(NOW));
          }
          return racer;
        });

    assertThat(counts(task).keySet()).isSubsetOf(DeliveryStatus.ABANDONED);
    for (Registration phone : phones) {
      assertThat(phase(of(task, phone))).isIn(DeliveryStatus.ABANDONED, DeliveryStatus.STOPPED);
      assertThat(waiting(phone)).isEmpty();
    }
  }
}
