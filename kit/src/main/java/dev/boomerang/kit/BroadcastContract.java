// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.aPush;
import static dev.boomerang.kit.Given.aRegistration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.Audience.Window;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Recall;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.BroadcastStore.Census;
import dev.boomerang.port.DeliveryStore.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the contracts of pushes to everyone have in common.
abstract class BroadcastContract extends StoreContract {
  static final int MANY = 100;
  static final Everyone ALL = Everyone.all(Optional.empty());
  static final Optional<Window> EVER = Optional.of(Window.ANY_TIME);
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

  List<Parcel> parcels(Registration phone, TaskId after, Instant now, int limit) {
    return broadcasts().waiting(phone.id(), phone.member(), after, now, limit);
  }

  List<TaskId> waiting(Registration phone, Instant now) {
    return parcels(phone, TaskId.NONE, now, MANY).stream().map(it -> it.task().id()).toList();
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

  Phase phase(DeliveryId id) {
    return state(id).phase();
  }

  List<Delivery> deliveries(Task task) {
    return store().deliveries().ofTask(task.id(), "", 10 * MANY);
  }

  static boolean isPrevented(Delivery delivery) {
    return delivery.state() instanceof Recalled(var _, var how) && how == Recalled.How.PREVENTED;
  }

  /// Whatever way one counts, it is the same.
  void assertCensus(Task task, Map<Phase, Integer> phases, int prevented) {
    assertThat(broadcasts().census(task.id())).isEqualTo(new Census(phases, prevented, 0));
    assertThat(store().deliveries().counts(task.id())).isEqualTo(phases);
    var listed = deliveries(task);
    var counted = new HashMap<Phase, Integer>();
    listed.forEach(delivery -> counted.merge(delivery.state().phase(), 1, Integer::sum));
    assertThat(counted).isEqualTo(phases);
    assertThat(listed).filteredOn(BroadcastContract::isPrevented).hasSize(prevented);
    var among = listed.stream().map(delivery -> delivery.id().registration()).toList();
    assertThat(broadcasts().phases(task.id(), among))
        .hasSameSizeAs(listed)
        .allSatisfy(
            (phone, phase) -> assertThat(phase(new DeliveryId(task.id(), phone))).isEqualTo(phase));
  }
}
