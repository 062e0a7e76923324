// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.RecallOutcome;
import dev.boomerang.engine.RecallReport.Part;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.Audience.Window;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Recall;
import dev.boomerang.model.Receipt;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pushes to everyone, as the engine does them.
class BroadcastTest {
  private final House house = new House();
  private final Everyone all = Everyone.all(Optional.empty());

  @AfterEach
  void close() {
    house.close();
  }

  private List<DeliveryId> mailbox(Registration phone) {
    return house.engine.devices().mailbox(phone.id(), TaskId.NONE, 10).handovers().stream()
        .map(handover -> handover.delivery())
        .toList();
  }

  private static DeliveryId of(Task task, Registration phone) {
    return new DeliveryId(task.id(), phone.id());
  }

  private void receipt(Task task, Registration phone, Receipt.Event event) {
    house.engine.devices().receipts(phone.id(), List.of(new Receipt(of(task, phone), event, NOW)));
  }

  private RecallOutcome.Standing recall(Task task) {
    return (RecallOutcome.Standing)
        house.engine.recalls().recall(SHOP, task.id(), new Recall.Scope.WholeTask(), "test");
  }

  @Test
  void connectedDevices_areOfferedIt_othersTakeItWhenTheyCome_onceEach() {
    Registration here = house.phone(SHOP, "ada");
    Registration away = house.phone(SHOP, "bob");
    var session = house.connect(here);

    Task task = house.broadcast(all);

    assertThat(session.offered).extracting(h -> h.delivery()).containsExactly(of(task, here));
    assertThat(mailbox(away)).containsExactly(of(task, away));
    house.engine.devices().arrived(of(task, away));
    house.engine.settle();
    assertThat(mailbox(away)).isEmpty();
    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.SENDING, 1, Phase.DELIVERED, 1));
  }

  @Test
  void withdrawAll_takesBackWhatOneDeviceHas_andWhatWaitsForIt_andNothingElse() {
    Registration ada = house.phone(SHOP, "ada");
    Registration bob = house.phone(SHOP, "bob");
    var session = house.connect(ada);
    house.connect(bob);
    Task all0 = house.broadcast(all);
    Task own = house.push("ada");
    house.push("bob");
    Task opened = house.push("ada");
    session.offered.forEach(handover -> house.engine.devices().arrived(handover.delivery()));
    house.engine.settle();
    receipt(opened, ada, Receipt.Event.OPENED);
    house.engine.devices().detach(ada.id(), session);
    Task waits = house.push("ada");
    Task waits0 = house.broadcast(all);
    house.connect(ada);

    assertThat(house.engine.recalls().withdrawAll(BANK, ada.id(), "test")).isZero();
    assertThat(house.engine.recalls().withdrawAll(SHOP, ada.id(), "test")).isEqualTo(4);

    assertThat(house.engine.devices().withdrawals(ada.id(), TaskId.NONE, 10))
        .containsExactly(of(all0, ada), of(own, ada));
    assertThat(mailbox(ada)).isEmpty();
    assertThat(house.counts(waits)).isEqualTo(Map.of(Phase.RECALLED, 1));
    assertThat(house.counts(opened)).isEqualTo(Map.of(Phase.OPENED, 1));
    assertThat(mailbox(bob)).contains(of(waits0, bob));
  }

  @Test
  void anotherAppsDevices_neverHearOfIt() {
    Registration foreign = house.phone(BANK, "ada");
    var session = house.connect(foreign);
    house.broadcast(all);

    assertThat(session.offered).isEmpty();
    assertThat(mailbox(foreign)).isEmpty();
  }

  @Test
  void aDeviceThatRegistersWithinTheLifetime_takesItToo() {
    Task task = house.broadcast(all);
    house.clock.advance(House.LIFETIME.minusSeconds(1));
    Registration late = house.phone(SHOP, "late");

    assertThat(mailbox(late)).containsExactly(of(task, late));
  }

  @Test
  void afterItsLifetime_nobodyTakesIt_andItsDeliveriesEnd() {
    Registration phone = house.phone(SHOP, "ada");
    Registration out = house.phone(SHOP, "bob");
    Task task = house.broadcast(all);
    mailbox(out);
    house.clock.advance(House.LIFETIME);
    house.engine.housekeeping().pass();

    assertThat(mailbox(phone)).isEmpty();
    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.LAPSED, 1));
  }

  @Test
  void rule_asksForPlatformAndBinding() {
    Registration bound = house.phone(SHOP, "ada");
    Registration unbound = house.phone(SHOP, Optional.empty(), Platform.ANDROID);
    Registration apple = house.phone(SHOP, Optional.of("eve"), Platform.IOS);
    Task android =
        house.broadcast(
            new Everyone(
                Optional.of(Platform.ANDROID), Optional.of(Window.ANY_TIME), Optional.empty()));
    Task strangers =
        house.broadcast(
            new Everyone(Optional.empty(), Optional.empty(), Optional.of(Window.ANY_TIME)));

    assertThat(mailbox(bound)).containsExactly(of(android, bound));
    assertThat(mailbox(unbound)).containsExactly(of(strangers, unbound));
    assertThat(mailbox(apple)).isEmpty();
  }

  @Test
  void rule_asksWhenTheyWereBound_alsoOfThoseWhoAreConnected() {
    Registration phone = house.phone(SHOP, "ada");
    house.clock.advance(Duration.ofDays(8));
    var lastWeek =
        new Everyone(
            Optional.empty(),
            Optional.of(
                new Window(
                    house.clock.instant().minus(Duration.ofDays(7)),
                    NOW.plus(Duration.ofDays(99)))),
            Optional.empty());
    var session = house.connect(phone);
    house.broadcast(lastWeek);
    assertThat(session.offered).isEmpty();

    house
        .engine
        .registrations()
        .update(
            phone.id(),
            before ->
                before.changed(
                    before.device(),
                    before.profile().withUser(Optional.of("another")),
                    before.reach()));
    Task second = house.broadcast(lastWeek);

    assertThat(session.offered).extracting(h -> h.delivery()).contains(of(second, phone));
  }

  @Test
  void recall_fencesThoseWhoHaveNotComeYet_andAsksTheOthersBack() {
    Registration here = house.phone(SHOP, "ada");
    Registration went = house.phone(SHOP, "bob");
    Registration opened = house.phone(SHOP, "eve");
    Registration away = house.phone(SHOP, "away");
    var session = house.connect(here);
    Task task = house.broadcast(all);
    mailbox(went);
    mailbox(opened);
    receipt(task, opened, Receipt.Event.OPENED);

    RecallOutcome.Standing first = recall(task);

    assertThat(session.withdrawn).containsExactly(of(task, here));
    assertThat(mailbox(away)).isEmpty();
    assertThat(house.engine.devices().withdrawals(went.id(), TaskId.NONE, 10))
        .containsExactly(of(task, went));
    assertThat(first.report().parts()).isEqualTo(Map.of(Part.WAITING, 2, Part.TOO_LATE, 1));
    receipt(task, here, Receipt.Event.WITHDRAWN);
    receipt(task, went, Receipt.Event.TOO_LATE);
    RecallOutcome.Standing again = recall(task);
    assertThat(again.recall()).isEqualTo(first.recall());
    assertThat(again.report().parts()).isEqualTo(Map.of(Part.WITHDRAWN, 1, Part.TOO_LATE, 2));
  }

  @Test
  void recallOfOneDelivery_leavesTheOthers() {
    Registration spared = house.phone(SHOP, "ada");
    Registration other = house.phone(SHOP, "bob");
    Task task = house.broadcast(all);
    var scope = new Recall.Scope.OneDelivery(spared.id());

    house.engine.recalls().recall(SHOP, task.id(), scope, "test");

    assertThat(mailbox(spared)).isEmpty();
    assertThat(mailbox(other)).containsExactly(of(task, other));
  }

  @Test
  void dryRun_foretellsByWhoIsConnected() {
    Registration here = house.phone(SHOP, "ada");
    Registration went = house.phone(SHOP, "bob");
    house.connect(here);
    Task task = house.broadcast(all);
    mailbox(went);

    assertThat(house.engine.recalls().dryRun(SHOP, task.id(), new Recall.Scope.WholeTask()))
        .isInstanceOfSatisfying(
            RecallOutcome.Foretold.class,
            foretold ->
                assertThat(foretold.report().parts())
                    .isEqualTo(Map.of(Part.WITHDRAWN, 1, Part.WAITING, 1)));
  }

  @Test
  void unansweredRecall_ends() {
    Registration went = house.phone(SHOP, "bob");
    Task task = house.broadcast(all);
    mailbox(went);
    recall(task);
    house.clock.advance(Recall.WINDOW);
    house.engine.housekeeping().pass();

    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.FAILED, 1));
    assertThat(recall(task).report().parts()).isEqualTo(Map.of(Part.TOO_LATE, 1));
  }

  @Test
  void mailbox_mixesBroadcastsAndOthersInTheOrderOfAcceptance_pageByPage() {
    Registration phone = house.phone(SHOP, "ada");
    List<TaskId> pushed =
        List.of(
            house.push("ada").id(),
            house.broadcast(all).id(),
            house.broadcast(all).id(),
            house.push("ada").id(),
            house.broadcast(all).id());
    var read = new java.util.ArrayList<TaskId>();
    var after = TaskId.NONE;
    boolean more = true;
    while (more) {
      var mail = house.engine.devices().mailbox(phone.id(), after, 2);
      mail.handovers().forEach(handover -> read.add(handover.task().id()));
      after = mail.last();
      more = mail.more();
    }

    assertThat(read).isEqualTo(pushed);
  }

  @Test
  void tally_countsEachMilestone() {
    Registration one = house.phone(SHOP, "1");
    Registration two = house.phone(SHOP, "2");
    house.phone(SHOP, "3");
    Task task = house.broadcast(all);
    mailbox(one);
    mailbox(two);
    receipt(task, one, Receipt.Event.OPENED);
    receipt(task, two, Receipt.Event.DISMISSED);

    assertThat(house.engine.analysis().ofTask(SHOP, task.id())).isEqualTo(new Tally(2, 2, 2, 1, 1));
    assertThat(house.engine.analysis().ofTask(BANK, task.id())).isEqualTo(Tally.NONE);
  }

  @Test
  void unknownRegistration_hasNoPartInIt() {
    Task task = house.broadcast(all);

    assertThat(house.engine.tasks().delivery(SHOP, task.id(), new RegistrationId("0".repeat(23))))
        .isEmpty();
  }
}
