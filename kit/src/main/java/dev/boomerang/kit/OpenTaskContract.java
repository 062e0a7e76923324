// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static dev.boomerang.kit.Given.aPush;
import static dev.boomerang.kit.Given.aRecall;
import static dev.boomerang.kit.Given.aRegistration;
import static dev.boomerang.kit.Given.aRegistrationId;
import static dev.boomerang.kit.Given.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Message;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Source;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.DeliveryStore.Parcel;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Added;
import dev.boomerang.port.TaskStore.Addition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tasks that deliveries are added to.
public abstract class OpenTaskContract extends StoreContract {
  private static final int RACERS = 8;

  private TaskStore tasks() {
    return store().tasks();
  }

  private Task openTask() {
    return accept(
            aPush().from(Source.of("kit", Source.Kind.MULTIPLE)).open(Strategy.ONLINE_ELSE_VENDOR))
        .task();
  }

  private static Addition of(Task task, int unreached, RegistrationId... registrations) {
    return new Addition(
        task,
        Arrays.stream(registrations)
            .map(
                each ->
                    Delivery.begin(
                        new DeliveryId(task.id(), each),
                        SHOP,
                        Platform.ANDROID,
                        0,
                        task.expiresAt(),
                        new Queued(NOW, ChannelId.SELF, 0)))
            .toList(),
        unreached);
  }

  private List<RegistrationId> fresh(Task task, int unreached, RegistrationId... registrations) {
    return switch (tasks().add(of(task, unreached, registrations))) {
      case Added.Stored(var fresh, var _, var _) ->
          fresh.stream().map(each -> each.id().registration()).toList();
      case Added.Closed() -> throw new AssertionError("closed");
    };
  }

  private List<TaskId> mailbox(RegistrationId id) {
    return store().deliveries().mailbox(id, TaskId.NONE, NOW, 10).stream()
        .map(Parcel::task)
        .map(Task::id)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void openTask_tellsItsStrategy_untilItIsClosed(Strategy strategy) {
    Task task = accept(aPush().open(strategy)).task();
    assertThat(tasks().open(task.id())).contains(strategy);

    tasks().close(task.id());
    tasks().close(task.id());

    assertThat(tasks().open(task.id())).isEmpty();
    assertThat(tasks().add(of(task, 0, aRegistrationId()))).isEqualTo(new Added.Closed());
    assertThat(tasks().find(task.id())).contains(task);
  }

  @Test
  void otherTasks_areNotOpen() {
    Task task = accept(aPush().to(aRegistrationId())).task();

    assertThat(tasks().open(task.id())).isEmpty();
    assertThat(tasks().add(of(task, 0, aRegistrationId()))).isEqualTo(new Added.Closed());
    assertThat(tasks().open(new TaskId(1))).isEmpty();
  }

  @Test
  void added_waitsInItsMailbox_andCounts() {
    RegistrationId ada = aRegistrationId();
    RegistrationId bob = aRegistrationId();
    Task task = openTask();

    assertThat(fresh(task, 2, ada)).containsExactly(ada);
    assertThat(fresh(task, 1, bob)).containsExactly(bob);

    assertThat(mailbox(ada)).containsExactly(task.id());
    assertThat(mailbox(bob)).containsExactly(task.id());
    assertThat(tasks().find(task.id())).map(Task::reached).contains(new Task.Reached(2, 3));
    assertThat(tasks().messages(task.id())).extracting(Message::deliveries).containsExactly(2);
    assertThat(store().deliveries().counts(task.id())).isEqualTo(Map.of(Phase.QUEUED, 2));
    assertThat(store().tallies().ofTasks(List.of(task.id())).values())
        .extracting(Tally::total)
        .containsExactly(5L);
  }

  @Test
  void passedOver_areCountedByTheirCauses_withTheUnreached() {
    Task task = openTask();
    var first = new Addition(task, List.of(), 3, Map.of("off", 2, "away", 1));
    var second = new Addition(task, List.of(), 2, Map.of("off", 1));
    assertThat(tasks().find(task.id()).orElseThrow().reached().passedOver()).isEmpty();

    tasks().add(first);
    tasks().add(second);

    assertThat(tasks().find(task.id()))
        .map(Task::reached)
        .contains(new Task.Reached(0, 5, Map.of("off", 3, "away", 1)));
    assertThat(store().tallies().ofTasks(List.of(task.id())).values())
        .extracting(Tally::total)
        .containsExactly(5L);
  }

  @Test
  void taskWhoseTargetsAreAllPassedOver_keepsTheirCauses() {
    Task task = aTask().build().reached(new Task.Reached(0, 2, Map.of("off", 2)));

    tasks()
        .accept(
            new Acceptance(
                task, Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty()));

    assertThat(tasks().find(task.id())).contains(task);
    assertThat(store().tallies().ofTasks(List.of(task.id())).values())
        .extracting(Tally::total)
        .containsExactly(2L);
  }

  @Test
  void addedAgain_isNotDeliveredTwice_norTouched() {
    RegistrationId ada = aRegistrationId();
    RegistrationId bob = aRegistrationId();
    Task task = openTask();
    fresh(task, 0, ada);
    record(new DeliveryId(task.id(), ada), new Claimed(NOW));

    assertThat(fresh(task, 0, ada, bob)).containsExactly(bob);
    assertThat(store().deliveries().counts(task.id()))
        .isEqualTo(Map.of(Phase.QUEUED, 1, Phase.SENDING, 1));
    assertThat(tasks().find(task.id())).map(Task::reached).contains(new Task.Reached(2, 0));
  }

  @Test
  void recallOfAll_closes_ofOneDeliveryDoesNot() {
    RegistrationId ada = aRegistrationId();
    Task one = openTask();
    fresh(one, 0, ada);
    store().recalls().open(aRecall(one.id(), new Scope.OneDelivery(ada)));
    assertThat(fresh(one, 0, aRegistrationId())).hasSize(1);

    store().recalls().open(aRecall(one.id(), new Scope.WholeTask()));
    Task other = openTask();
    store().recalls().open(aRecall(other.id(), new Scope.OneMessage(0)));

    assertThat(tasks().add(of(one, 0, aRegistrationId()))).isEqualTo(new Added.Closed());
    assertThat(tasks().add(of(other, 0, aRegistrationId()))).isEqualTo(new Added.Closed());
  }

  @Test
  void racers_giveEachRegistrationOneDelivery() {
    RegistrationId[] all =
        IntStream.range(0, 20).mapToObj(_ -> aRegistrationId()).toArray(RegistrationId[]::new);
    Task task = openTask();
    var stored = new AtomicInteger();

    Race.among(RACERS, _ -> stored.addAndGet(fresh(task, 1, all).size()));

    assertThat(stored).hasValue(all.length);
    assertThat(tasks().find(task.id()))
        .map(Task::reached)
        .contains(new Task.Reached(all.length, RACERS));
    assertThat(store().deliveries().ofTask(task.id(), "", 100)).hasSize(all.length);
  }

  @Test
  void added_takesThePlaceOfEarlierOnes_andYieldsToLaterOnes() {
    Registration ada = store().registrations().add(aRegistration().build());
    Acceptance first = accept(aPush().to(ada.id()));
    var slot = Slot.of(first.task().id());
    Task task = accept(aPush().in(slot).open(Strategy.SELF_ONLY)).task();

    var stored = (Added.Stored) tasks().add(of(task, 0, ada.id()));

    assertThat(stored.overridden()).containsExactly(only(first));
    assertThat(mailbox(ada.id())).containsExactly(task.id());

    Registration bob = store().registrations().add(aRegistration().build());
    Acceptance newest = accept(aPush().in(slot).to(bob.id()));
    tasks().add(of(task, 0, bob.id()));

    assertThat(mailbox(bob.id())).containsExactly(newest.task().id());
  }

  @Test
  void cleared_leavesNothing() {
    Task task = openTask();
    fresh(task, 0, aRegistrationId());

    tasks().clear(NOW.plusSeconds(1), 10);

    assertThat(tasks().open(task.id())).isEmpty();
    assertThat(tasks().add(of(task, 0, aRegistrationId()))).isEqualTo(new Added.Closed());
  }
}
