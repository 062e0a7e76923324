// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static dev.boomerang.kit.Given.aPlan;
import static dev.boomerang.kit.Given.aPush;
import static dev.boomerang.kit.Given.aRecall;
import static dev.boomerang.kit.Given.aRegistration;
import static dev.boomerang.kit.Given.aRegistrationId;
import static dev.boomerang.kit.Given.anApp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.Clicked;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.KeyKind;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Recall;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Tally;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.AppStore.StoredKey;
import dev.boomerang.port.BroadcastStore.Census;
import dev.boomerang.port.DeliveryStore.Parcel;
import dev.boomerang.port.PaceStore;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.TallyStore.Filter;
import dev.boomerang.port.TaskStore.Result.Stored;
import dev.boomerang.port.TaskStore.Result.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// For stores that outlive the process.
public abstract class DurabilityContract extends StoreContract {

  /// Opens the store of this test once more, after it was closed.
  protected abstract Store reopen() throws Exception;

  @Test
  void everything_isStillThereAfterReopening() throws Exception {
    var key = new StoredKey(KeyKind.MPAAS, "ak", SHOP, "c2VhbGVk", true);
    store().apps().add(anApp(SHOP), List.of(key));
    var registration = store().registrations().add(aRegistration().ofUser("ada").build());
    var push = accept(aPush().requested("push", "k").to("ada", "m", registration.id()));
    record(only(push), new Claimed(NOW));
    var delivery = store().deliveries().find(only(push)).orElseThrow();
    var scope = new Scope.OneDelivery(registration.id());
    var recall = store().recalls().open(aRecall(push.task().id(), scope));

    var plan = aPlan().due(NOW.plusSeconds(1), NOW.plusSeconds(2));
    store().schedules().add(plan.schedule(), plan.occurrences(), 1);
    store().schedules().move(plan.id(0), new Fate.Pending(), new Fate.Firing());
    var template = TemplateStoreContract.aTemplate(SHOP, "welcome");
    store().templates().add(template, 1);

    store().close();
    goOnWith(reopen());

    assertThat(store().schedules().due(NOW.plusSeconds(9), 9))
        .containsExactly(plan.planned(0, new Fate.Firing()), plan.planned(1));
    assertThat(store().templates().named(SHOP, "welcome")).contains(template);
    assertThat(store().apps().key(KeyKind.MPAAS, "ak")).contains(key);
    assertThat(store().registrations().find(registration.id())).contains(registration);
    assertThat(store().tasks().find(push.task().id())).contains(push.task());
    assertThat(store().deliveries().find(only(push))).contains(delivery);
    assertThat(store().deliveries().counts(push.task().id())).containsEntry(Phase.SENDING, 1);
    assertThat(store().deliveries().mailbox(registration.id(), TaskId.NONE, NOW, 9)).hasSize(1);
    assertThat(store().recalls().unswept()).containsExactly(recall);
    assertThat(store().tasks().highestId()).isEqualTo(recall.id().value());
    assertThat(store().tasks().accept(aPush().requested("push", "k").build()))
        .isEqualTo(new Taken(List.of(push.task()), 0));
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
    record(new DeliveryId(open.id(), phones.get(0).id()), new Clicked(NOW));
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
    var sum = store().tallies().sum(ever);

    store().close();
    goOnWith(reopen());

    assertThat(store().broadcasts().census(open.id()))
        .isEqualTo(new Census(Map.of(Phase.OPENED, 1, Phase.SENDING, 1), 0, 0));
    assertThat(store().broadcasts().census(recalled.id()))
        .isEqualTo(new Census(Map.of(Phase.RECALLING, 1), 0, 0));
    assertThat(store().deliveries().ofTask(open.id(), "", 9)).isEqualTo(taken);
    assertThat(phones).extracting(phone -> waiting(phone).size()).containsExactly(0, 1, 1, 1);
    assertThat(store().broadcasts().recalling(phones.get(1).id(), SHOP, TaskId.NONE, 9))
        .containsExactly(new DeliveryId(recalled.id(), phones.get(1).id()));
    assertThat(store().broadcasts().due(NOW.plus(Recall.WINDOW), 9))
        .containsExactlyInAnyOrder(open.id(), recalled.id());
    assertThat(store().tallies().sum(ever)).isEqualTo(sum).isEqualTo(new Tally(3, 3, 1, 1, 0));
  }

  @Test
  void pacedAndStoppedBroadcasts_goOnAfterReopening() throws Exception {
    for (int i = 0; i < 5; i++) {
      store().registrations().add(aRegistration().build());
    }
    var crowd = store().segments().resolve(SHOP, new Segment.All(List.of()));
    var pace = new Pace.Over(Duration.ofSeconds(50));
    var paced = accept(aPush().paced(crowd, pace)).task();
    var stopped = accept(aPush().paced(crowd, pace)).task();
    store().paces().lease(0, NOW, NOW.plusSeconds(10));
    store().paces().release(paced.id(), 0, 2, NOW);
    store().paces().release(stopped.id(), 0, 2, NOW);
    store().broadcasts().stop(stopped.id(), NOW);

    store().close();
    goOnWith(reopen());

    assertThat(store().paces().lease(1, NOW, NOW.plusSeconds(10))).isEmpty();
    assertThat(store().paces().lease(0, NOW, NOW.plusSeconds(10)))
        .containsExactly(new PaceStore.Run(paced.id(), SHOP, pace, 5, 2, true));
    assertThat(store().deliveries().counts(stopped.id())).isEqualTo(Map.of(Phase.STOPPED, 5));
    assertThat(store().paces().release(paced.id(), 0, 9, NOW).orElseThrow().released().size())
        .isEqualTo(3);
    assertThat(store().deliveries().counts(paced.id())).isEqualTo(Map.of(Phase.QUEUED, 5));
  }

  private List<Parcel> waiting(Registration phone) {
    return store().broadcasts().waiting(phone.id(), phone.member(), TaskId.NONE, NOW, 9);
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
        Race.among(
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
        Race.among(
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
