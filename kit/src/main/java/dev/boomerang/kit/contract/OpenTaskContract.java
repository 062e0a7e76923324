// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRecall;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.kit.fixture.Fixtures.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.AddResult;
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
                    Delivery.create(
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
      case AddResult.Stored(var fresh, var _, var _) ->
          fresh.stream().map(each -> each.id().registration()).toList();
      case AddResult.Closed() -> throw new AssertionError("closed");
    };
  }

  private List<TaskId> mailbox(RegistrationId id) {
    return store().deliveries().mailbox(id, TaskId.NONE, NOW, 10).stream()
        .map(MailboxEntry::task)
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
    assertThat(tasks().add(of(task, 0, aRegistrationId()))).isEqualTo(new AddResult.Closed());
    assertThat(tasks().find(task.id())).contains(task);
  }

  @Test
  void otherTasks_areNotOpen() {
    Task task = accept(aPush().to(aRegistrationId())).task();

    assertThat(tasks().open(task.id())).isEmpty();
    assertThat(tasks().add(of(task, 0, aRegistrationId()))).isEqualTo(new AddResult.Closed());
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
    assertThat(tasks().find(task.id())).map(Task::counts).contains(new Task.TargetCounts(2, 3));
    assertThat(tasks().messages(task.id())).extracting(Message::deliveries).containsExactly(2);
    assertThat(store().deliveries().counts(task.id())).isEqualTo(Map.of(DeliveryStatus.QUEUED, 2));
    assertThat(store().statistics().ofTasks(List.of(task.id())).values())
        .extracting(DeliveryCounts::total)
        .containsExactly(5L);
  }

  @Test
  void passedOver_areCountedByTheirCauses_withTheUnreached() {
    Task task = openTask();
    var first = new Addition(task, List.of(), 3, Map.of("off", 2, "away", 1));
    var second = new Addition(task, List.of(), 2, Map.of("off", 1));
    assertThat(tasks().find(task.id()).orElseThrow().counts().skipped()).isEmpty();

    tasks().add(first);
    tasks().add(second);

    assertThat(tasks().find(task.id()))
        .map(Task::counts)
        .contains(new Task.TargetCounts(0, 5, Map.of("off", 3, "away", 1)));
    assertThat(store().statistics().ofTasks(List.of(task.id())).values())
        .extracting(DeliveryCounts::total)
        .containsExactly(5L);
  }

  @Test
  void taskWhoseTargetsAreAllPassedOver_keepsTheirCauses() {
    Task task = aTask().build().reached(new Task.TargetCounts(0, 2, Map.of("off", 2)));

    tasks()
        .accept(
            new Acceptance(
                task, Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty()));

    assertThat(tasks().find(task.id())).contains(task);
    assertThat(store().statistics().ofTasks(List.of(task.id())).values())
        .extracting(DeliveryCounts::total)
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
        .isEqualTo(Map.of(DeliveryStatus.QUEUED, 1, DeliveryStatus.SENDING, 1));
    assertThat(tasks().find(task.id())).map(Task::counts).contains(new Task.TargetCounts(2, 0));
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

    assertThat(tasks().add(of(one, 0, aRegistrationId()))).isEqualTo(new AddResult.Closed());
    assertThat(tasks().add(of(other, 0, aRegistrationId()))).isEqualTo(new AddResult.Closed());
  }

  @Test
  void racers_giveEachRegistrationOneDelivery() {
    RegistrationId[] all =
        IntStream.range(0, 20).mapToObj(_ -> aRegistrationId()).toArray(RegistrationId[]::new);
    Task task = openTask();
    var stored = new AtomicInteger();

    ConcurrentCalls.among(RACERS, _ -> stored.addAndGet(fresh(task, 1, all).size()));

    assertThat(stored).hasValue(all.length);
    assertThat(tasks().find(task.id()))
        .map(Task::counts)
        .contains(new Task.TargetCounts(all.length, RACERS));
    assertThat(store().deliveries().ofTask(task.id(), "", 100)).hasSize(all.length);
  }

  @Test
  void added_takesThePlaceOfEarlierOnes_andYieldsToLaterOnes() {
    Registration ada = store().registrations().add(aRegistration().build());
    Acceptance first = accept(aPush().to(ada.id()));
    var collapseKey = CollapseKey.of(first.task().id());
    Task task = accept(aPush().in(collapseKey).open(Strategy.SELF_ONLY)).task();

    var stored = (AddResult.Stored) tasks().add(of(task, 0, ada.id()));

    assertThat(stored.overridden()).containsExactly(only(first));
    assertThat(mailbox(ada.id())).containsExactly(task.id());

    Registration bob = store().registrations().add(aRegistration().build());
    Acceptance newest = accept(aPush().in(collapseKey).to(bob.id()));
    tasks().add(of(task, 0, bob.id()));

    assertThat(mailbox(bob.id())).containsExactly(newest.task().id());
  }

  @Test
  void cleared_leavesNothing() {
    Task task = openTask();
    fresh(task, 0, aRegistrationId());

    tasks().purge(NOW.plusSeconds(1), 10);

    assertThat(tasks().open(task.id())).isEmpty();
    assertThat(tasks().add(of(task, 0, aRegistrationId()))).isEqualTo(new AddResult.Closed());
  }
}
