// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.RegistrationBuilder;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.BroadcastStore.BroadcastCounts;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds what the contracts of pushes to everyone have in common.
abstract class BroadcastLifecycleContract extends StoreContract {
  static final int MANY = 100;
  static final Everyone ALL = Everyone.all(Optional.empty());
  static final Optional<TimeRange> EVER = Optional.of(TimeRange.ANY_TIME);
  static final Duration LIFETIME = Duration.ofDays(1);
  static final Instant OVER = NOW.plus(LIFETIME);
  static final Instant GIVEN_UP = NOW.plus(Recall.WINDOW);

  BroadcastStore broadcasts() {
    return store().broadcasts();
  }

  Registration add(RegistrationBuilder registration) {
    return store().registrations().add(registration.build());
  }

  Registration aPhone() {
    return add(aRegistration());
  }

  List<Registration> phones(int count) {
    return Stream.generate(this::aPhone).limit(count).toList();
  }

  Task broadcast(Everyone rule) {
    return accept(aPush().living(LIFETIME).toEveryone(rule)).task();
  }

  Task broadcast() {
    return broadcast(ALL);
  }

  static DeliveryId of(Task task, Registration phone) {
    return new DeliveryId(task.id(), phone.id());
  }

  /// Hands it over for the first time, then lets these happen to it.
  DeliveryId taken(Task task, Registration phone, DeliveryEvent... events) {
    DeliveryId id = of(task, phone);
    assertThat(record(id, new Claimed(NOW))).isInstanceOf(Moved.class);
    for (DeliveryEvent event : events) {
      assertThat(record(id, event)).isInstanceOf(Moved.class);
    }
    return id;
  }

  List<MailboxEntry> mailboxEntries(Registration phone, TaskId after, Instant now, int limit) {
    return broadcasts().waiting(phone.id(), phone.audienceAttributes(), after, now, limit);
  }

  List<TaskId> waiting(Registration phone, Instant now) {
    return mailboxEntries(phone, TaskId.NONE, now, MANY).stream()
        .map(it -> it.task().id())
        .toList();
  }

  List<TaskId> waiting(Registration phone) {
    return waiting(phone, NOW);
  }

  List<DeliveryId> recalling(Registration phone) {
    return broadcasts().recalling(phone.id(), phone.app(), TaskId.NONE, MANY);
  }

  DeliveryState state(DeliveryId id) {
    return store().deliveries().find(id).orElseThrow().state();
  }

  DeliveryStatus phase(DeliveryId id) {
    return state(id).status();
  }

  List<Delivery> deliveries(Task task) {
    return store().deliveries().ofTask(task.id(), "", 10 * MANY);
  }

  static boolean isPrevented(Delivery delivery) {
    return delivery.state() instanceof Recalled(var _, var outcome)
        && outcome == Recalled.Outcome.PREVENTED;
  }

  /// Whatever way one counts, it is the same.
  void assertCensus(Task task, Map<DeliveryStatus, Integer> statuses, int prevented) {
    assertThat(broadcasts().counts(task.id()))
        .isEqualTo(new BroadcastCounts(statuses, prevented, 0));
    assertThat(store().deliveries().counts(task.id())).isEqualTo(statuses);
    var listed = deliveries(task);
    var counted = new HashMap<DeliveryStatus, Integer>();
    listed.forEach(delivery -> counted.merge(delivery.state().status(), 1, Integer::sum));
    assertThat(counted).isEqualTo(statuses);
    assertThat(listed).filteredOn(BroadcastLifecycleContract::isPrevented).hasSize(prevented);
    var among = listed.stream().map(delivery -> delivery.id().registration()).toList();
    assertThat(broadcasts().statuses(task.id(), among))
        .hasSameSizeAs(listed)
        .allSatisfy(
            (phone, deliveryStatus) ->
                assertThat(phase(new DeliveryId(task.id(), phone))).isEqualTo(deliveryStatus));
  }
}
