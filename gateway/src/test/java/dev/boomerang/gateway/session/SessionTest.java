// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.GatewayFixture;
import dev.boomerang.gateway.GatewayFixture.RegisteredDevice;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.config.GatewayListener;
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

/// Tests the session without sockets, with the events in any order.
class SessionTest {
  private final GatewayFixture fixture = GatewayFixture.open();
  private final RegisteredDevice registeredDevice = fixture.registerDevice();
  private final FakeDeviceLink link = new FakeDeviceLink();
  private final SessionContext context =
      new SessionContext(
          fixture.engine().devices(),
          new GatewayConfig.Flow(1_024, 4, 8, 0, 0),
          GatewayListener.NONE,
          Clock.systemUTC());
  private final Session session = new Session(context, link, registeredDevice.id(), 4, 3);

  SessionTest() {
    fixture.engine().devices().connected(registeredDevice.registration(), session);
  }

  @AfterEach
  void close() {
    session.onClosed();
    fixture.close();
  }

  private DeliveryId id(Task task) {
    return new DeliveryId(task.id(), registeredDevice.id());
  }

  @Test
  void offer_whileTheMailboxIsRead_isTurnedAway_andReadAfterwards() {
    session.subscribe();
    Task first = fixture.push(registeredDevice, "during the withdrawals");
    link.blockingTasks.remove().run();
    link.loopTasks.remove().run();
    Task second = fixture.push(registeredDevice, "during the mailbox");
    assertThat(link.published).isEmpty();

    link.settle();

    assertThat(link.published).containsExactly(id(first), id(second));
    Task third = fixture.push(registeredDevice, "live");
    assertThat(link.blockingTasks).as("reads").isEmpty();
    link.settle();
    assertThat(link.published).containsExactly(id(first), id(second), id(third));
  }

  @Test
  void offer_betweenTheReadAndItsArrival_keepsItsPlace() {
    Task first = fixture.push(registeredDevice, "in the page");
    session.subscribe();
    link.blockingTasks.remove().run();
    link.loopTasks.remove().run();
    link.blockingTasks.remove().run();
    Task second = fixture.push(registeredDevice, "not in the page");

    link.settle();

    assertThat(link.published).containsExactly(id(first), id(second));
  }

  @Test
  void nudge_whileLive_readsTheMailboxAgain_andSendsNothingTwice() {
    session.subscribe();
    link.settle();
    Task task = fixture.push(registeredDevice, "x");
    link.settle();
    session.mailboxChanged();
    link.settle();

    assertThat(link.published).containsExactly(id(task));
  }

  @Test
  void offers_beyondTheQueue_waitInTheStore_andComeInOrder() {
    session.subscribe();
    link.settle();
    link.writable = false;
    var expected = new ArrayList<DeliveryId>();
    for (int i = 0; i < 50; i++) {
      expected.add(id(fixture.push(registeredDevice, "number " + i)));
    }
    link.settle();
    assertThat(link.published).isEmpty();

    link.writable = true;
    session.proceed();
    while (link.published.size() < expected.size()) {
      link.settle();
      session.acknowledged(link.unacknowledged.remove(), true);
    }

    assertThat(link.published).isEqualTo(expected);
  }

  @Test
  void messagesQueued_whenTheSessionCloses_areReportedUnwritten() {
    session.subscribe();
    link.settle();
    link.writable = false;
    Task queued = fixture.push(registeredDevice, "queued");
    Task inTransit = fixture.push(registeredDevice, "in transit");
    link.loopTasks.remove().run();

    session.onClosed();
    link.settle();

    fixture.awaitStatus(queued, registeredDevice, DeliveryStatus.QUEUED);
    fixture.awaitStatus(inTransit, registeredDevice, DeliveryStatus.QUEUED);
  }

  @Test
  void withdrawal_ofWhatIsQueued_dropsIt_andSendsNothing() {
    session.subscribe();
    link.settle();
    link.writable = false;
    Task task = fixture.push(registeredDevice, "queued");
    link.settle();

    fixture.recall(task);
    link.settle();
    link.writable = true;
    session.proceed();

    assertThat(link.published).isEmpty();
    assertThat(link.withdrawn).isEmpty();
    fixture.awaitStatus(task, registeredDevice, DeliveryStatus.RECALLED);
  }

  @Test
  void withdrawals_moreThanFit_areReadFromTheStore() {
    session.subscribe();
    link.settle();
    var recalled = new LinkedHashSet<DeliveryId>();
    var tasks = new ArrayList<Task>();
    for (int i = 0; i < SendQueue.MAX_WITHDRAWALS + 100; i++) {
      Task task = fixture.push(registeredDevice, "x");
      link.settle();
      session.acknowledged(link.unacknowledged.remove(), true);
      tasks.add(task);
      recalled.add(id(task));
    }
    fixture.engine().awaitIdle();
    link.writable = false;
    tasks.forEach(fixture::recall);
    link.settle();
    assertThat(link.withdrawn).isEmpty();

    link.writable = true;
    session.proceed();
    while (!link.unacknowledged.isEmpty()) {
      session.acknowledged(link.unacknowledged.remove(), true);
      link.settle();
    }

    assertThat(link.withdrawn).containsAll(recalled);
  }

  @Test
  void withdrawalOfANotYetReadPage_andItsParcels_neverMeet() {
    Task task = fixture.push(registeredDevice, "x");
    fixture.engine().awaitIdle();
    session.subscribe();
    link.blockingTasks.remove().run();
    link.loopTasks.remove().run();
    link.blockingTasks.remove().run();
    fixture.recall(task);

    link.settle();

    assertThat(link.published).isEmpty();
    fixture.awaitStatus(task, registeredDevice, DeliveryStatus.RECALLED);
  }

  @Test
  void subscription_givenUpAndTakenUpAgain_readsFromTheBeginning() {
    Task task = fixture.push(registeredDevice, "x");
    session.subscribe();
    link.blockingTasks.remove().run();
    session.unsubscribe();
    session.subscribe();

    link.settle();

    assertThat(link.published).containsExactly(id(task));
  }

  @Test
  void receipts_areAcknowledgedInOrder_badOnesInTheirTurn() {
    Task task = fixture.push(registeredDevice, "x");
    var good =
        new ReceiptReader.Result.Receipts(
            List.of(new Receipt(id(task), Receipt.Event.SHOWN, Instant.EPOCH)));
    session.receipts().add(5, good);
    session.receipts().add(6, new ReceiptReader.Result.Invalid(ReasonCode.PAYLOAD));
    session.receipts().add(7, good);
    assertThat(link.readingPaused).isFalse();
    session.receipts().add(8, good);
    assertThat(link.readingPaused).as("as many as the server takes").isTrue();
    assertThat(link.acknowledged).isEmpty();

    link.settle();

    assertThat(link.acknowledged.keySet()).containsExactly(5, 6, 7, 8);
    assertThat(link.acknowledged).containsEntry(6, ReasonCode.PAYLOAD);
    assertThat(link.readingPaused).isFalse();
  }

  @Test
  void disconnect_carriesTheReason() {
    session.close(DeviceConnection.CloseReason.TAKEN_OVER);
    link.settle();

    assertThat(link.ended).isEqualTo(Optional.of(ReasonCode.TAKEN_OVER));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  /// Mixes pushes, recalls, acknowledgements, slow sockets, ended subscriptions and the store's
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
          Task task = fixture.push(registeredDevice, "x");
          if (random.nextInt(6) == 0) {
            fixture.recall(task);
            recalled.add(id(task));
          } else {
            expected.add(id(task));
          }
        }
        case 2, 3, 4, 5, 6 -> Optional.ofNullable(link.loopTasks.poll()).ifPresent(Runnable::run);
        case 7, 8, 9 -> Optional.ofNullable(link.blockingTasks.poll()).ifPresent(Runnable::run);
        case 10, 11, 12 ->
            Optional.ofNullable(link.unacknowledged.poll())
                .ifPresent(packetId -> session.acknowledged(packetId, true));
        case 13 -> {
          link.writable = !link.writable;
          session.proceed();
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
    link.writable = true;
    session.proceed();
    do {
      link.settle();
      Optional.ofNullable(link.unacknowledged.poll())
          .ifPresent(packetId -> session.acknowledged(packetId, true));
    } while (!link.unacknowledged.isEmpty()
        || !link.loopTasks.isEmpty()
        || !link.blockingTasks.isEmpty());

    var firstSeen = new ArrayList<>(new LinkedHashSet<>(link.published));
    assertThat(firstSeen)
        .doesNotContainAnyElementsOf(recalled.stream().filter(this::wasPrevented).toList());
    assertThat(link.withdrawn).containsAll(firstSeen.stream().filter(recalled::contains).toList());
    firstSeen.removeAll(recalled);
    assertThat(firstSeen).isEqualTo(expected);
  }

  private boolean wasPrevented(DeliveryId id) {
    return fixture
                .engine()
                .tasks()
                .delivery(GatewayFixture.APP, id.task(), registeredDevice.id())
                .orElseThrow()
                .state()
            instanceof Recalled(_, Recalled.Outcome outcome)
        && outcome == Recalled.Outcome.PREVENTED;
  }
}
