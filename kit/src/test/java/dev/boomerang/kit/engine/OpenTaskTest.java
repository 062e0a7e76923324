// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.accept.AddTargetsResult;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.Audience.Targeted;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tasks whose targets come later, and whom nothing may reach.
class OpenTaskTest {
  private final PushFixture engineFixture = new PushFixture();

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private static Push push() {
    return PushFixture.toUser("nobody asks");
  }

  private Task open(Push push) {
    return ((SubmitResult.Accepted) engineFixture.engine.submissions().open(push)).task();
  }

  private static Targeted users(String... names) {
    return new Targeted(
        Audience.TargetKind.USER, Arrays.stream(names).map(Target::of).toList(), Optional.empty());
  }

  private AddTargetsResult add(AppId app, Task task, String... users) {
    return engineFixture.engine.submissions().add(app, task.id(), users(users));
  }

  private List<DeliveryStatus> added(Task task, String... users) {
    return ((AddTargetsResult.Added) add(SHOP, task, users))
        .deliveries().stream().map(Delivery::state).map(state -> state.status()).toList();
  }

  @Test
  void added_isOfferedToTheConnected_andWaitsForTheOthers() {
    var session = engineFixture.connect(engineFixture.register(SHOP, "ada"));
    Registration away = engineFixture.register(SHOP, "bob");
    Task task = open(push());
    assertThat(engineFixture.counts(task)).isEmpty();

    assertThat(added(task, "ada")).containsExactly(DeliveryStatus.SENDING);
    var growth = (AddTargetsResult.Added) add(SHOP, task, "bob", "nobody", "bob");

    assertThat(growth.deliveries())
        .extracting(each -> each.id().registration())
        .containsExactly(away.id());
    assertThat(growth.unreached()).containsExactly("nobody");
    assertThat(session.received()).hasSize(1);
    assertThat(engineFixture.engine.devices().mailbox(away.id(), TaskId.NONE, 10).attempts())
        .hasSize(1);
    assertThat(engineFixture.engine.tasks().view(SHOP, task.id()).orElseThrow().total())
        .isEqualTo(3);
  }

  @Test
  void addedAgain_isToldAsItIs_andNotOfferedAgain() {
    Registration ada = engineFixture.register(SHOP, "ada");
    var session = engineFixture.connect(ada);
    Task task = open(push());
    added(task, "ada");
    engineFixture.engine.devices().acknowledged(session.received().getFirst().delivery());
    engineFixture.engine.awaitIdle();

    assertThat(added(task, "ada")).containsExactly(DeliveryStatus.DELIVERED);
    assertThat(session.received()).hasSize(1);
  }

  @Test
  void nothingIsAdded_afterItsTime_aRecall_orToAnothersTask() {
    engineFixture.register(SHOP, "ada");
    Task recalled = open(push());
    engineFixture.engine.recalls().recall(SHOP, recalled.id(), new Scope.WholeTask(), "test");
    Task task = open(push());

    assertThat(add(SHOP, recalled, "ada")).isEqualTo(new AddTargetsResult.Closed(recalled));
    assertThat(add(BANK, task, "ada")).isEqualTo(new AddTargetsResult.NotFound());
    assertThat(add(SHOP, task))
        .isEqualTo(new AddTargetsResult.Refused(new SubmitResult.NoTarget()));
    assertThat(add(SHOP, engineFixture.push("ada"), "ada"))
        .isInstanceOf(AddTargetsResult.Closed.class);
    engineFixture.clock.advance(PushFixture.LIFETIME);
    assertThat(add(SHOP, task, "ada")).isEqualTo(new AddTargetsResult.Closed(task));
  }

  @Test
  void recall_takesBackWhatWasAdded() {
    var session = engineFixture.connect(engineFixture.register(SHOP, "ada"));
    engineFixture.register(SHOP, "bob");
    Task task = open(push());
    added(task, "ada", "bob");

    engineFixture.engine.recalls().recall(SHOP, task.id(), new Scope.WholeTask(), "test");

    assertThat(session.withdrawn()).hasSize(1);
    assertThat(engineFixture.counts(task))
        .isEqualTo(Map.of(DeliveryStatus.RECALLING, 1, DeliveryStatus.RECALLED, 1));
  }

  @Test
  void openedTwice_byOneRequest_isOneTask() {
    Push push = push().with(push().options().requestKey(Optional.of(new RequestKey("t", "k"))));
    Task task = open(push);

    assertThat(engineFixture.engine.submissions().open(push))
        .isEqualTo(new SubmitResult.Repeated(task));
  }

  @Test
  void paced_cannotBeOpen() {
    var options = push().options().pace(Optional.of(new SendRate.PerSecond(5)));

    assertThat(engineFixture.engine.submissions().open(push().with(options)))
        .isInstanceOf(SubmitResult.NotForSendRate.class);
  }

  @Test
  void vendorOnly_reachesNobody_whileThereIsNoVendor() {
    engineFixture.connect(engineFixture.register(SHOP, "ada"));
    var options = push().options().strategy(Strategy.VENDOR_ONLY);
    Task single = engineFixture.accept(PushFixture.toUser("ada").with(options));
    Task list = open(push().with(options));
    var everyone = PushFixture.toEveryone(Everyone.all(Optional.empty()));

    assertThat(engineFixture.counts(single)).isEqualTo(Map.of(DeliveryStatus.FAILED, 1));
    assertThat(added(list, "ada")).containsExactly(DeliveryStatus.FAILED);
    assertThat(engineFixture.engine.submissions().submit(everyone.with(options)))
        .isInstanceOf(SubmitResult.NobodyMatches.class);
  }

  @Test
  void blocked_getsNothing_untilItIsUnblocked() {
    Registration ada = engineFixture.register(SHOP, "ada");
    var session = engineFixture.connect(ada);
    engineFixture.engine.registrations().block(ada.id(), true);
    var all = new Segment.All(List.of());

    Task single = engineFixture.push("ada");
    Task broadcast = engineFixture.broadcast(Everyone.all(Optional.empty()));

    assertThat(
            engineFixture
                .engine
                .tasks()
                .delivery(SHOP, single.id(), ada.id())
                .map(each -> each.state()))
        .containsInstanceOf(Failed.class);
    assertThat(engineFixture.counts(broadcast)).isEmpty();
    assertThat(engineFixture.engine.registrations().count(SHOP, all)).isZero();
    assertThat(session.received()).isEmpty();
    assertThat(engineFixture.engine.devices().mailbox(ada.id(), TaskId.NONE, 10).attempts())
        .isEmpty();

    engineFixture.engine.registrations().block(ada.id(), false);
    engineFixture.push("ada");

    assertThat(session.received()).hasSize(1);
    assertThat(engineFixture.engine.registrations().count(SHOP, all)).isEqualTo(1);
  }
}
