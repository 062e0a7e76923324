// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pushes to everyone, as the engine does them.
class BroadcastTest {
  private final PushFixture engineFixture = new PushFixture();
  private final Everyone all = Everyone.all(Optional.empty());

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private List<DeliveryId> mailbox(Registration phone) {
    return engineFixture.engine.devices().mailbox(phone.id(), TaskId.NONE, 10).attempts().stream()
        .map(deliveryAttempt -> deliveryAttempt.delivery())
        .toList();
  }

  private static DeliveryId of(Task task, Registration phone) {
    return new DeliveryId(task.id(), phone.id());
  }

  private void receipt(Task task, Registration phone, Receipt.Event event) {
    engineFixture
        .engine
        .devices()
        .receipts(phone.id(), List.of(new Receipt(of(task, phone), event, NOW)));
  }

  private RecallResult.Active recall(Task task) {
    return (RecallResult.Active)
        engineFixture
            .engine
            .recalls()
            .recall(SHOP, task.id(), new Recall.Scope.WholeTask(), "test");
  }

  @Test
  void connectedDevices_areOfferedIt_othersTakeItWhenTheyCome_onceEach() {
    Registration here = engineFixture.register(SHOP, "ada");
    Registration away = engineFixture.register(SHOP, "bob");
    var session = engineFixture.connect(here);

    Task task = engineFixture.broadcast(all);

    assertThat(session.received()).extracting(h -> h.delivery()).containsExactly(of(task, here));
    assertThat(mailbox(away)).containsExactly(of(task, away));
    engineFixture.engine.devices().acknowledged(of(task, away));
    engineFixture.engine.awaitIdle();
    assertThat(mailbox(away)).isEmpty();
    assertThat(engineFixture.counts(task))
        .isEqualTo(Map.of(DeliveryStatus.SENDING, 1, DeliveryStatus.DELIVERED, 1));
  }

  @Test
  void withdrawAll_takesBackWhatOneDeviceHas_andWhatWaitsForIt_andNothingElse() {
    Registration ada = engineFixture.register(SHOP, "ada");
    Registration bob = engineFixture.register(SHOP, "bob");
    var session = engineFixture.connect(ada);
    engineFixture.connect(bob);
    Task all0 = engineFixture.broadcast(all);
    Task own = engineFixture.push("ada");
    engineFixture.push("bob");
    Task opened = engineFixture.push("ada");
    session
        .received()
        .forEach(
            deliveryAttempt ->
                engineFixture.engine.devices().acknowledged(deliveryAttempt.delivery()));
    engineFixture.engine.awaitIdle();
    receipt(opened, ada, Receipt.Event.OPENED);
    engineFixture.engine.devices().disconnected(ada.id(), session);
    Task waits = engineFixture.push("ada");
    Task waits0 = engineFixture.broadcast(all);
    engineFixture.connect(ada);

    assertThat(engineFixture.engine.recalls().withdrawAll(BANK, ada.id(), "test")).isZero();
    assertThat(engineFixture.engine.recalls().withdrawAll(SHOP, ada.id(), "test")).isEqualTo(4);

    assertThat(engineFixture.engine.devices().withdrawals(ada.id(), TaskId.NONE, 10))
        .containsExactly(of(all0, ada), of(own, ada));
    assertThat(mailbox(ada)).isEmpty();
    assertThat(engineFixture.counts(waits)).isEqualTo(Map.of(DeliveryStatus.RECALLED, 1));
    assertThat(engineFixture.counts(opened)).isEqualTo(Map.of(DeliveryStatus.OPENED, 1));
    assertThat(mailbox(bob)).contains(of(waits0, bob));
  }

  @Test
  void anotherAppsDevices_neverHearOfIt() {
    Registration foreign = engineFixture.register(BANK, "ada");
    var session = engineFixture.connect(foreign);
    engineFixture.broadcast(all);

    assertThat(session.received()).isEmpty();
    assertThat(mailbox(foreign)).isEmpty();
  }

  @Test
  void aDeviceThatRegistersWithinTheLifetime_takesItToo() {
    Task task = engineFixture.broadcast(all);
    engineFixture.clock.advance(PushFixture.LIFETIME.minusSeconds(1));
    Registration late = engineFixture.register(SHOP, "late");

    assertThat(mailbox(late)).containsExactly(of(task, late));
  }

  @Test
  void afterItsLifetime_nobodyTakesIt_andItsDeliveriesEnd() {
    Registration phone = engineFixture.register(SHOP, "ada");
    Registration out = engineFixture.register(SHOP, "bob");
    Task task = engineFixture.broadcast(all);
    mailbox(out);
    engineFixture.clock.advance(PushFixture.LIFETIME);
    engineFixture.engine.housekeeping().runOnce();

    assertThat(mailbox(phone)).isEmpty();
    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.ABANDONED, 1));
  }

  @Test
  void rule_asksForPlatformAndBinding() {
    Registration bound = engineFixture.register(SHOP, "ada");
    Registration unbound = engineFixture.register(SHOP, Optional.empty(), Platform.ANDROID);
    Registration apple = engineFixture.register(SHOP, Optional.of("eve"), Platform.IOS);
    Task android =
        engineFixture.broadcast(
            new Everyone(
                Optional.of(Platform.ANDROID), Optional.of(TimeRange.ANY_TIME), Optional.empty()));
    Task toUnbound =
        engineFixture.broadcast(
            new Everyone(Optional.empty(), Optional.empty(), Optional.of(TimeRange.ANY_TIME)));

    assertThat(mailbox(bound)).containsExactly(of(android, bound));
    assertThat(mailbox(unbound)).containsExactly(of(toUnbound, unbound));
    assertThat(mailbox(apple)).isEmpty();
  }

  @Test
  void rule_asksWhenTheyWereBound_alsoOfThoseWhoAreConnected() {
    Registration phone = engineFixture.register(SHOP, "ada");
    engineFixture.clock.advance(Duration.ofDays(8));
    var lastWeek =
        new Everyone(
            Optional.empty(),
            Optional.of(
                new TimeRange(
                    engineFixture.clock.instant().minus(Duration.ofDays(7)),
                    NOW.plus(Duration.ofDays(99)))),
            Optional.empty());
    var session = engineFixture.connect(phone);
    engineFixture.broadcast(lastWeek);
    assertThat(session.received()).isEmpty();

    engineFixture
        .engine
        .registrations()
        .update(
            phone.id(),
            before ->
                before.changed(
                    before.device(),
                    before.profile().withUser(Optional.of("another")),
                    before.reachability()));
    Task second = engineFixture.broadcast(lastWeek);

    assertThat(session.received()).extracting(h -> h.delivery()).contains(of(second, phone));
  }

  @Test
  void recall_fencesThoseWhoHaveNotComeYet_andAsksTheOthersBack() {
    Registration here = engineFixture.register(SHOP, "ada");
    Registration went = engineFixture.register(SHOP, "bob");
    Registration opened = engineFixture.register(SHOP, "eve");
    Registration away = engineFixture.register(SHOP, "away");
    var session = engineFixture.connect(here);
    Task task = engineFixture.broadcast(all);
    mailbox(went);
    mailbox(opened);
    receipt(task, opened, Receipt.Event.OPENED);

    RecallResult.Active first = recall(task);

    assertThat(session.withdrawn()).containsExactly(of(task, here));
    assertThat(mailbox(away)).isEmpty();
    assertThat(engineFixture.engine.devices().withdrawals(went.id(), TaskId.NONE, 10))
        .containsExactly(of(task, went));
    assertThat(first.report().parts()).isEqualTo(Map.of(Part.WAITING, 2, Part.TOO_LATE, 1));
    receipt(task, here, Receipt.Event.WITHDRAWN);
    receipt(task, went, Receipt.Event.TOO_LATE);
    RecallResult.Active again = recall(task);
    assertThat(again.recall()).isEqualTo(first.recall());
    assertThat(again.report().parts()).isEqualTo(Map.of(Part.WITHDRAWN, 1, Part.TOO_LATE, 2));
  }

  @Test
  void recallOfOneDelivery_leavesTheOthers() {
    Registration spared = engineFixture.register(SHOP, "ada");
    Registration other = engineFixture.register(SHOP, "bob");
    Task task = engineFixture.broadcast(all);
    var scope = new Recall.Scope.OneDelivery(spared.id());

    engineFixture.engine.recalls().recall(SHOP, task.id(), scope, "test");

    assertThat(mailbox(spared)).isEmpty();
    assertThat(mailbox(other)).containsExactly(of(task, other));
  }

  @Test
  void dryRun_foretellsByWhoIsConnected() {
    Registration here = engineFixture.register(SHOP, "ada");
    Registration went = engineFixture.register(SHOP, "bob");
    engineFixture.connect(here);
    Task task = engineFixture.broadcast(all);
    mailbox(went);

    assertThat(engineFixture.engine.recalls().dryRun(SHOP, task.id(), new Recall.Scope.WholeTask()))
        .isInstanceOfSatisfying(
            RecallResult.Preview.class,
            preview ->
                assertThat(preview.report().parts())
                    .isEqualTo(Map.of(Part.WITHDRAWN, 1, Part.WAITING, 1)));
  }

  @Test
  void unansweredRecall_ends() {
    Registration went = engineFixture.register(SHOP, "bob");
    Task task = engineFixture.broadcast(all);
    mailbox(went);
    recall(task);
    engineFixture.clock.advance(Recall.WINDOW);
    engineFixture.engine.housekeeping().runOnce();

    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.FAILED, 1));
    assertThat(recall(task).report().parts()).isEqualTo(Map.of(Part.TOO_LATE, 1));
  }

  @Test
  void mailbox_mixesBroadcastsAndOthersInTheOrderOfAcceptance_pageByPage() {
    Registration phone = engineFixture.register(SHOP, "ada");
    List<TaskId> pushed =
        List.of(
            engineFixture.push("ada").id(),
            engineFixture.broadcast(all).id(),
            engineFixture.broadcast(all).id(),
            engineFixture.push("ada").id(),
            engineFixture.broadcast(all).id());
    var read = new java.util.ArrayList<TaskId>();
    var after = TaskId.NONE;
    boolean more = true;
    while (more) {
      var mailboxPage = engineFixture.engine.devices().mailbox(phone.id(), after, 2);
      mailboxPage.attempts().forEach(deliveryAttempt -> read.add(deliveryAttempt.task().id()));
      after = mailboxPage.last();
      more = mailboxPage.more();
    }

    assertThat(read).isEqualTo(pushed);
  }

  @Test
  void tally_countsEachMilestone() {
    Registration one = engineFixture.register(SHOP, "1");
    Registration two = engineFixture.register(SHOP, "2");
    engineFixture.register(SHOP, "3");
    Task task = engineFixture.broadcast(all);
    mailbox(one);
    mailbox(two);
    receipt(task, one, Receipt.Event.OPENED);
    receipt(task, two, Receipt.Event.DISMISSED);

    assertThat(engineFixture.engine.statistics().ofTask(SHOP, task.id()))
        .isEqualTo(new DeliveryCounts(2, 2, 2, 1, 1));
    assertThat(engineFixture.engine.statistics().ofTask(BANK, task.id()))
        .isEqualTo(DeliveryCounts.NONE);
  }

  @Test
  void unknownRegistration_hasNoPartInIt() {
    Task task = engineFixture.broadcast(all);

    assertThat(
            engineFixture
                .engine
                .tasks()
                .delivery(SHOP, task.id(), new RegistrationId("0".repeat(23))))
        .isEmpty();
  }
}
