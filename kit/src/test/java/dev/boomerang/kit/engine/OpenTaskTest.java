// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Growth;
import dev.boomerang.engine.Submission;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.Audience.Named;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Push;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tasks whose targets come later, and whom nothing may reach.
class OpenTaskTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  private static Push push() {
    return House.toUser("nobody asks");
  }

  private Task open(Push push) {
    return ((Submission.Accepted) house.engine.submissions().open(push)).task();
  }

  private static Named users(String... names) {
    return new Named(
        Audience.By.USER, Arrays.stream(names).map(Target::of).toList(), Optional.empty());
  }

  private Growth add(AppId app, Task task, String... users) {
    return house.engine.submissions().add(app, task.id(), users(users));
  }

  private List<Phase> added(Task task, String... users) {
    return ((Growth.Added) add(SHOP, task, users))
        .deliveries().stream().map(Delivery::state).map(state -> state.phase()).toList();
  }

  @Test
  void added_isOfferedToTheConnected_andWaitsForTheOthers() {
    var session = house.connect(house.phone(SHOP, "ada"));
    Registration away = house.phone(SHOP, "bob");
    Task task = open(push());
    assertThat(house.counts(task)).isEmpty();

    assertThat(added(task, "ada")).containsExactly(Phase.SENDING);
    var growth = (Growth.Added) add(SHOP, task, "bob", "nobody", "bob");

    assertThat(growth.deliveries())
        .extracting(each -> each.id().registration())
        .containsExactly(away.id());
    assertThat(growth.unreached()).containsExactly("nobody");
    assertThat(session.offered).hasSize(1);
    assertThat(house.engine.devices().mailbox(away.id(), TaskId.NONE, 10).handovers()).hasSize(1);
    assertThat(house.engine.tasks().view(SHOP, task.id()).orElseThrow().total()).isEqualTo(3);
  }

  @Test
  void addedAgain_isToldAsItIs_andNotOfferedAgain() {
    Registration ada = house.phone(SHOP, "ada");
    var session = house.connect(ada);
    Task task = open(push());
    added(task, "ada");
    house.engine.devices().arrived(session.offered.getFirst().delivery());
    house.engine.settle();

    assertThat(added(task, "ada")).containsExactly(Phase.DELIVERED);
    assertThat(session.offered).hasSize(1);
  }

  @Test
  void nothingIsAdded_afterItsTime_aRecall_orToAnothersTask() {
    house.phone(SHOP, "ada");
    Task recalled = open(push());
    house.engine.recalls().recall(SHOP, recalled.id(), new Scope.WholeTask(), "test");
    Task task = open(push());

    assertThat(add(SHOP, recalled, "ada")).isEqualTo(new Growth.Closed(recalled));
    assertThat(add(BANK, task, "ada")).isEqualTo(new Growth.NotFound());
    assertThat(add(SHOP, task)).isEqualTo(new Growth.Refused(new Submission.NoTarget()));
    assertThat(add(SHOP, house.push("ada"), "ada")).isInstanceOf(Growth.Closed.class);
    house.clock.advance(House.LIFETIME);
    assertThat(add(SHOP, task, "ada")).isEqualTo(new Growth.Closed(task));
  }

  @Test
  void recall_takesBackWhatWasAdded() {
    var session = house.connect(house.phone(SHOP, "ada"));
    house.phone(SHOP, "bob");
    Task task = open(push());
    added(task, "ada", "bob");

    house.engine.recalls().recall(SHOP, task.id(), new Scope.WholeTask(), "test");

    assertThat(session.withdrawn).hasSize(1);
    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.RECALLING, 1, Phase.RECALLED, 1));
  }

  @Test
  void openedTwice_byOneRequest_isOneTask() {
    Push push = push().with(push().options().requestKey(Optional.of(new RequestKey("t", "k"))));
    Task task = open(push);

    assertThat(house.engine.submissions().open(push)).isEqualTo(new Submission.Repeated(task));
  }

  @Test
  void paced_cannotBeOpen() {
    var options = push().options().pace(Optional.of(new Pace.PerSecond(5)));

    assertThat(house.engine.submissions().open(push().with(options)))
        .isInstanceOf(Submission.NotForPace.class);
  }

  @Test
  void vendorOnly_reachesNobody_whileThereIsNoVendor() {
    house.connect(house.phone(SHOP, "ada"));
    var options = push().options().strategy(Strategy.VENDOR_ONLY);
    Task single = house.accepted(House.toUser("ada").with(options));
    Task list = open(push().with(options));
    var everyone = House.toEveryone(Everyone.all(Optional.empty()));

    assertThat(house.counts(single)).isEqualTo(Map.of(Phase.FAILED, 1));
    assertThat(added(list, "ada")).containsExactly(Phase.FAILED);
    assertThat(house.engine.submissions().submit(everyone.with(options)))
        .isInstanceOf(Submission.NobodyMatches.class);
  }

  @Test
  void blocked_getsNothing_untilItIsUnblocked() {
    Registration ada = house.phone(SHOP, "ada");
    var session = house.connect(ada);
    house.engine.registrations().block(ada.id(), true);
    var all = new Segment.All(List.of());

    Task single = house.push("ada");
    Task broadcast = house.broadcast(Everyone.all(Optional.empty()));

    assertThat(house.engine.tasks().delivery(SHOP, single.id(), ada.id()).map(each -> each.state()))
        .containsInstanceOf(Failed.class);
    assertThat(house.counts(broadcast)).isEmpty();
    assertThat(house.engine.registrations().count(SHOP, all)).isZero();
    assertThat(session.offered).isEmpty();
    assertThat(house.engine.devices().mailbox(ada.id(), TaskId.NONE, 10).handovers()).isEmpty();

    house.engine.registrations().block(ada.id(), false);
    house.push("ada");

    assertThat(session.offered).hasSize(1);
    assertThat(house.engine.registrations().count(SHOP, all)).isEqualTo(1);
  }
}
