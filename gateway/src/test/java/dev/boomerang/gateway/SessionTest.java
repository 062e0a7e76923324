// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.House.Phone;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.Task;
import dev.boomerang.port.DeviceConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The session without sockets, with the events in whatever order we like.
class SessionTest {
  private final House house = House.open();
  private final Phone phone = house.phone();
  private final FakeWire wire = new FakeWire();
  private final Shared shared =
      new Shared(
          house.engine().devices(),
          new GatewayConfig.Flow(1_024, 4, 8, 0, 0),
          GatewayListener.NONE,
          Clock.systemUTC());
  private final Session session = new Session(shared, wire, phone.id(), 4, 3);

  SessionTest() {
    house.engine().devices().connected(phone.registration(), session);
  }

  @AfterEach
  void close() {
    session.closed();
    house.close();
  }

  private DeliveryId id(Task task) {
    return new DeliveryId(task.id(), phone.id());
  }

  @Test
  void offer_whileTheMailboxIsRead_isTurnedAway_andReadAfterwards() {
    session.subscribe();
    Task first = house.push(phone, "during the withdrawals");
    wire.aside.remove().run();
    wire.loop.remove().run();
    Task second = house.push(phone, "during the mailbox");
    assertThat(wire.parcels).isEmpty();

    wire.settle();

    assertThat(wire.parcels).containsExactly(id(first), id(second));
    Task third = house.push(phone, "live");
    assertThat(wire.aside).as("reads").isEmpty();
    wire.settle();
    assertThat(wire.parcels).containsExactly(id(first), id(second), id(third));
  }

  @Test
  void offer_betweenTheReadAndItsArrival_keepsItsPlace() {
    Task first = house.push(phone, "in the page");
    session.subscribe();
    wire.aside.remove().run();
    wire.loop.remove().run();
    wire.aside.remove().run();
    Task second = house.push(phone, "not in the page");

    wire.settle();

    assertThat(wire.parcels).containsExactly(id(first), id(second));
  }

  @Test
  void nudge_whileLive_readsTheMailboxAgain_andSendsNothingTwice() {
    session.subscribe();
    wire.settle();
    Task task = house.push(phone, "x");
    wire.settle();
    session.mailboxChanged();
    wire.settle();

    assertThat(wire.parcels).containsExactly(id(task));
  }

  @Test
  void offers_beyondTheQueue_waitInTheStore_andComeInOrder() {
    session.subscribe();
    wire.settle();
    wire.room = false;
    var expected = new ArrayList<DeliveryId>();
    for (int i = 0; i < 50; i++) {
      expected.add(id(house.push(phone, "number " + i)));
    }
    wire.settle();
    assertThat(wire.parcels).isEmpty();

    wire.room = true;
    session.turn();
    while (wire.parcels.size() < expected.size()) {
      wire.settle();
      session.acknowledged(wire.unacknowledged.remove(), true);
    }

    assertThat(wire.parcels).isEqualTo(expected);
  }

  @Test
  void parcelsQueued_whenTheSessionCloses_areReportedUnwritten() {
    session.subscribe();
    wire.settle();
    wire.room = false;
    Task queued = house.push(phone, "queued");
    Task inTransit = house.push(phone, "in transit");
    wire.loop.remove().run();

    session.closed();
    wire.settle();

    house.awaitPhase(queued, phone, DeliveryStatus.QUEUED);
    house.awaitPhase(inTransit, phone, DeliveryStatus.QUEUED);
  }

  @Test
  void withdrawal_ofWhatIsQueued_dropsIt_andTellsNobody() {
    session.subscribe();
    wire.settle();
    wire.room = false;
    Task task = house.push(phone, "queued");
    wire.settle();

    house.recall(task);
    wire.settle();
    wire.room = true;
    session.turn();

    assertThat(wire.parcels).isEmpty();
    assertThat(wire.withdrawn).isEmpty();
    house.awaitPhase(task, phone, DeliveryStatus.RECALLED);
  }

  @Test
  void withdrawals_moreThanFit_areReadFromTheStore() {
    session.subscribe();
    wire.settle();
    var recalled = new LinkedHashSet<DeliveryId>();
    var tasks = new ArrayList<Task>();
    for (int i = 0; i < Outbox.MAX_WITHDRAWALS + 100; i++) {
      Task task = house.push(phone, "x");
      wire.settle();
      session.acknowledged(wire.unacknowledged.remove(), true);
      tasks.add(task);
      recalled.add(id(task));
    }
    house.engine().awaitIdle();
    wire.room = false;
    tasks.forEach(house::recall);
    wire.settle();
    assertThat(wire.withdrawn).isEmpty();

    wire.room = true;
    session.turn();
    while (!wire.unacknowledged.isEmpty()) {
      session.acknowledged(wire.unacknowledged.remove(), true);
      wire.settle();
    }

    assertThat(wire.withdrawn).containsAll(recalled);
  }

  @Test
  void withdrawalOfANotYetReadPage_andItsParcels_neverMeet() {
    Task task = house.push(phone, "x");
    house.engine().awaitIdle();
    session.subscribe();
    wire.aside.remove().run();
    wire.loop.remove().run();
    wire.aside.remove().run();
    house.recall(task);

    wire.settle();

    assertThat(wire.parcels).isEmpty();
    house.awaitPhase(task, phone, DeliveryStatus.RECALLED);
  }

  @Test
  void subscription_givenUpAndTakenUpAgain_readsFromTheBeginning() {
    Task task = house.push(phone, "x");
    session.subscribe();
    wire.aside.remove().run();
    session.unsubscribe();
    session.subscribe();

    wire.settle();

    assertThat(wire.parcels).containsExactly(id(task));
  }

  @Test
  void receipts_areAcknowledgedInOrder_badOnesInTheirTurn() {
    Task task = house.push(phone, "x");
    var good =
        new ReceiptReader.Result.Receipts(
            List.of(new Receipt(id(task), Receipt.Event.SHOWN, Instant.EPOCH)));
    session.inbox().take(5, good);
    session.inbox().take(6, new ReceiptReader.Result.Bad(Reason.PAYLOAD));
    session.inbox().take(7, good);
    assertThat(wire.held).isFalse();
    session.inbox().take(8, good);
    assertThat(wire.held).as("as many as we said we take").isTrue();
    assertThat(wire.acknowledged).isEmpty();

    wire.settle();

    assertThat(wire.acknowledged.keySet()).containsExactly(5, 6, 7, 8);
    assertThat(wire.acknowledged).containsEntry(6, Reason.PAYLOAD);
    assertThat(wire.held).isFalse();
  }

  @Test
  void end_saysWhy() {
    session.close(DeviceConnection.CloseReason.TAKEN_OVER);
    wire.settle();

    assertThat(wire.ended).isEqualTo(Optional.of(Reason.TAKEN_OVER));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  /// Pushes, recalls, acknowledgements, slow sockets, subscriptions given up and the store's
  /// answers, in random order.
  @ParameterizedTest
  @MethodSource("seeds")
  void anyInterleaving_keepsTheOrder_andLosesNothing(long seed) {
    var random = new Random(seed);
    var expected = new ArrayList<DeliveryId>();
    var recalled = new ArrayList<DeliveryId>();
    session.subscribe();
    for (int i = 0; i < 2_000; i++) {
      switch (random.nextInt(16)) {
        case 0, 1 -> {
          Task task = house.push(phone, "x");
          if (random.nextInt(6) == 0) {
            house.recall(task);
            recalled.add(id(task));
          } else {
            expected.add(id(task));
          }
        }
        case 2, 3, 4, 5, 6 -> Optional.ofNullable(wire.loop.poll()).ifPresent(Runnable::run);
        case 7, 8, 9 -> Optional.ofNullable(wire.aside.poll()).ifPresent(Runnable::run);
        case 10, 11, 12 ->
            Optional.ofNullable(wire.unacknowledged.poll())
                .ifPresent(packetId -> session.acknowledged(packetId, true));
        case 13 -> {
          wire.room = !wire.room;
          session.turn();
        }
        case 14 -> session.mailboxChanged();
        case 15 -> {
          if (random.nextInt(20) == 0) {
            session.unsubscribe();
            session.subscribe();
          }
        }
        default -> throw new AssertionError("16 cases");
      }
    }
    wire.room = true;
    session.turn();
    do {
      wire.settle();
      Optional.ofNullable(wire.unacknowledged.poll())
          .ifPresent(packetId -> session.acknowledged(packetId, true));
    } while (!wire.unacknowledged.isEmpty() || !wire.loop.isEmpty() || !wire.aside.isEmpty());

    var firstSeen = new ArrayList<>(new LinkedHashSet<>(wire.parcels));
    assertThat(firstSeen)
        .doesNotContainAnyElementsOf(recalled.stream().filter(this::wasPrevented).toList());
    assertThat(wire.withdrawn).containsAll(firstSeen.stream().filter(recalled::contains).toList());
    firstSeen.removeAll(recalled);
    assertThat(firstSeen).isEqualTo(expected);
  }

  private boolean wasPrevented(DeliveryId id) {
    return house.engine().tasks().delivery(House.APP, id.task(), phone.id()).orElseThrow().state()
            instanceof Recalled(_, Recalled.Outcome outcome)
        && outcome == Recalled.Outcome.PREVENTED;
  }
}
