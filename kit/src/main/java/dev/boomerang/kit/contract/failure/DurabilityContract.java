// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.failure;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRecall;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.kit.fixture.Fixtures.aSchedule;
import static dev.boomerang.kit.fixture.Fixtures.anApp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.contract.StoreContract;
import dev.boomerang.kit.contract.TemplateStoreContract;
import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.PushBuilder;
import dev.boomerang.kit.fixture.TaskBuilder;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.Deferred;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.port.AppStore.StoredKey;
import dev.boomerang.port.BroadcastStore.BroadcastCounts;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.port.PacedRunStore;
import dev.boomerang.port.StatisticsStore.Filter;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.TaskStore.AcceptResult.Duplicate;
import dev.boomerang.port.TaskStore.AcceptResult.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Tests stores that outlive the process.
public abstract class DurabilityContract extends StoreContract {

  /// Opens the store of this test once more, after it was closed.
  protected abstract Store reopen() throws Exception;

  @Test
  void everything_isStillThereAfterReopening() throws Exception {
    var key = new StoredKey(new KeyKind("SIGNING"), "ak", SHOP, "c2VhbGVk", true);
    store().apps().add(anApp(SHOP), List.of(key));
    var registration = store().registrations().add(aRegistration().ofUser("ada").build());
    var push = accept(aPush().requested("push", "k").to("ada", "m", registration.id()));
    record(only(push), new Claimed(NOW));
    var delivery = store().deliveries().find(only(push)).orElseThrow();
    var scope = new Scope.OneDelivery(registration.id());
    var recall = store().recalls().open(aRecall(push.task().id(), scope));

    var plan = aSchedule().due(NOW.plusSeconds(1), NOW.plusSeconds(2));
    store().schedules().add(plan.schedule(), plan.occurrences(), 1);
    store()
        .schedules()
        .compareAndSetStatus(
            plan.id(0), new OccurrenceStatus.Pending(), new OccurrenceStatus.Firing());
    var template = TemplateStoreContract.aTemplate(SHOP, "welcome");
    store().templates().add(template, 1);

    store().close();
    goOnWith(reopen());

    assertThat(store().schedules().due(NOW.plusSeconds(9), 9))
        .containsExactly(plan.planned(0, new OccurrenceStatus.Firing()), plan.planned(1));
    assertThat(store().templates().findByName(SHOP, "welcome")).contains(template);
    assertThat(store().apps().key(new KeyKind("SIGNING"), "ak")).contains(key);
    assertThat(store().registrations().find(registration.id())).contains(registration);
    assertThat(store().tasks().find(push.task().id())).contains(push.task());
    assertThat(store().deliveries().find(only(push))).contains(delivery);
    assertThat(store().deliveries().counts(push.task().id()))
        .containsEntry(DeliveryStatus.SENDING, 1);
    assertThat(store().deliveries().mailbox(registration.id(), TaskId.NONE, NOW, 9)).hasSize(1);
    assertThat(store().recalls().unswept()).containsExactly(recall);
    assertThat(store().tasks().highestId()).isEqualTo(recall.id().value());
    assertThat(store().tasks().accept(aPush().requested("push", "k").build()))
        .isEqualTo(new Duplicate(List.of(push.task()), 0));
  }

  @Test
  void deferral_holdsAfterReopening() throws Exception {
    var phone = store().registrations().add(aRegistration().build()).id();
    DeliveryId id = only(accept(aPush().to(phone)));
    record(id, new Claimed(NOW));
    record(id, new Deferred(NOW, Duration.ofSeconds(30)));
    var delivery = store().deliveries().find(id);

    store().close();
    goOnWith(reopen());

    Instant due = NOW.plusSeconds(30);
    assertThat(store().deliveries().find(id)).isEqualTo(delivery);
    assertThat(store().deliveries().mailbox(phone, TaskId.NONE, due.minusMillis(1), 9)).isEmpty();
    assertThat(store().deliveries().mailbox(phone, TaskId.NONE, due, 9)).hasSize(1);
    assertThat(store().deliveries().retryDue(due, 9)).containsExactly(id);
  }

  @Test
  void broadcasts_goOnAfterReopening() throws Exception {
    var phones =
        Stream.generate(() -> store().registrations().add(aRegistration().build()))
            .limit(4)
            .toList();
    var all = Everyone.all(Optional.empty());
    var open = accept(aPush().toEveryone(all, phones.get(0).id())).task();
    var recalled = accept(aPush().toEveryone(all, phones.get(1).id())).task();
    record(new DeliveryId(open.id(), phones.get(0).id()), new OpenReported(NOW));
    record(new DeliveryId(open.id(), phones.get(2).id()), new Claimed(NOW));
    store().broadcasts().recall(recalled.id(), NOW);
    var taken = store().deliveries().ofTask(open.id(), "", 9);
    var ever =
        new Filter(
            SHOP,
            NOW,
            NOW.plus(Duration.ofHours(1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var sum = store().statistics().sum(ever);

    store().close();
    goOnWith(reopen());

    assertThat(store().broadcasts().counts(open.id()))
        .isEqualTo(
            new BroadcastCounts(Map.of(DeliveryStatus.OPENED, 1, DeliveryStatus.SENDING, 1), 0, 0));
    assertThat(store().broadcasts().counts(recalled.id()))
        .isEqualTo(new BroadcastCounts(Map.of(DeliveryStatus.RECALLING, 1), 0, 0));
    assertThat(store().deliveries().ofTask(open.id(), "", 9)).isEqualTo(taken);
    assertThat(phones).extracting(phone -> waiting(phone).size()).containsExactly(0, 1, 1, 1);
    assertThat(store().broadcasts().recalling(phones.get(1).id(), SHOP, TaskId.NONE, 9))
        .containsExactly(new DeliveryId(recalled.id(), phones.get(1).id()));
    assertThat(store().broadcasts().due(NOW.plus(Recall.WINDOW), 9))
        .containsExactlyInAnyOrder(open.id(), recalled.id());
    assertThat(store().statistics().sum(ever))
        .isEqualTo(sum)
        .isEqualTo(new DeliveryCounts(3, 3, 1, 1, 0));
  }

  @Test
  void pacedAndStoppedBroadcasts_goOnAfterReopening() throws Exception {
    for (int i = 0; i < 5; i++) {
      store().registrations().add(aRegistration().build());
    }
    var registrationSet = store().segments().resolve(SHOP, new Segment.All(List.of()));
    var pace = new SendRate.SpreadOver(Duration.ofSeconds(50));
    var paced = accept(aPush().paced(registrationSet, pace)).task();
    var stopped = accept(aPush().paced(registrationSet, pace)).task();
    store().pacedRuns().lease(0, NOW, NOW.plusSeconds(10));
    store().pacedRuns().release(paced.id(), 0, 2, NOW);
    store().pacedRuns().release(stopped.id(), 0, 2, NOW);
    store().broadcasts().stop(stopped.id(), NOW);

    store().close();
    goOnWith(reopen());

    assertThat(store().pacedRuns().lease(1, NOW, NOW.plusSeconds(10))).isEmpty();
    assertThat(store().pacedRuns().lease(0, NOW, NOW.plusSeconds(10)))
        .containsExactly(new PacedRunStore.PacedRun(paced.id(), SHOP, pace, 5, 2, true));
    assertThat(store().deliveries().counts(stopped.id()))
        .isEqualTo(Map.of(DeliveryStatus.STOPPED, 5));
    assertThat(store().pacedRuns().release(paced.id(), 0, 9, NOW).orElseThrow().released().size())
        .isEqualTo(3);
    assertThat(store().deliveries().counts(paced.id())).isEqualTo(Map.of(DeliveryStatus.QUEUED, 5));
  }

  private List<MailboxEntry> waiting(Registration phone) {
    return store()
        .broadcasts()
        .waiting(phone.id(), phone.audienceAttributes(), TaskId.NONE, NOW, 9);
  }

  @Test
  void store_closed_refusesEverything() {
    store().close();

    assertThatThrownBy(() -> accept(aPush())).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store().apps().all()).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store().check()).isInstanceOf(StoreException.class);
  }

  @Test
  void store_closedTwice_staysClosed() {
    store().close();
    store().close();

    assertThatThrownBy(() -> store().check()).isInstanceOf(StoreException.class);
  }

  @Test
  void store_thatAnswers_isFoundLikelyToAnswer() {
    store().check();
  }

  @Test
  void push_thatCannotBeStored_failsAlone() {
    TaskId taken = accept(aPush().to(aRegistrationId())).task().id();
    var doubled = new PushBuilder(new TaskBuilder(taken)).to(aRegistrationId()).build();
    var pushes =
        Stream.generate(() -> aPush().to(aRegistrationId()).build())
            .limit(100)
            .collect(Collectors.toCollection(ArrayList::new));
    pushes.set(50, doubled);

    var stored =
        ConcurrentCalls.among(
            pushes.size(),
            i -> {
              try {
                return store().tasks().accept(pushes.get(i)) instanceof Stored;
              } catch (StoreException _) {
                return false;
              }
            });

    assertThat(stored.indexOf(false)).isEqualTo(50);
    assertThat(stored).filteredOn(isStored -> !isStored).hasSize(1);
    assertThat(store().deliveries().find(only(doubled))).isEmpty();
  }

  @Test
  void closeAmongWriters_keepsEachAcceptedPushAndNoOther() throws Exception {
    var pushes = Stream.generate(() -> aPush().to(aRegistrationId()).build()).limit(200).toList();
    var someAccepted = new Semaphore(0);
    var stored =
        ConcurrentCalls.among(
            pushes.size() + 1,
            i -> {
              if (i == pushes.size()) {
                someAccepted.acquireUninterruptibly(20);
                store().close();
                return false;
              }
              try {
                boolean isStored = store().tasks().accept(pushes.get(i)) instanceof Stored;
                someAccepted.release();
                return isStored;
              } catch (StoreException _) {
                return false;
              }
            });

    goOnWith(reopen());

    for (int i = 0; i < pushes.size(); i++) {
      assertThat(store().tasks().find(pushes.get(i).task().id()).isPresent())
          .isEqualTo(stored.get(i));
      assertThat(store().deliveries().find(only(pushes.get(i))).isPresent())
          .isEqualTo(stored.get(i));
    }
  }
}
