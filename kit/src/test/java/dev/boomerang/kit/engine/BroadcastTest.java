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
  private final ShopFixture fixture = new ShopFixture();
  private final Everyone all = Everyone.all(Optional.empty());

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<DeliveryId> mailbox(Registration phone) {
    return fixture.engine().devices().mailbox(phone.id(), TaskId.NONE, 10).attempts().stream()
        .map(deliveryAttempt -> deliveryAttempt.delivery())
        .toList();
  }

  private static DeliveryId of(Task task, Registration phone) {
    return new DeliveryId(task.id(), phone.id());
  }

  private void receipt(Task task, Registration phone, Receipt.Event event) {
    fixture
        .engine()
        .devices()
        .receipts(phone.id(), List.of(new Receipt(of(task, phone), event, NOW)));
  }

  private RecallResult.Active recall(Task task) {
    return (RecallResult.Active)
        fixture.engine().recalls().recall(SHOP, task.id(), new Recall.Scope.WholeTask(), "test");
  }

  @Test
  void connectedDevices_areOfferedIt_othersTakeItWhenTheyCome_onceEach() {
    Registration here = fixture.phone(SHOP, "ada");
    Registration away = fixture.phone(SHOP, "bob");
    var session = fixture.connect(here);

    Task task = fixture.broadcast(all);

    assertThat(session.received()).extracting(h -> h.delivery()).containsExactly(of(task, here));
    assertThat(mailbox(away)).containsExactly(of(task, away));
    fixture.engine().devices().acknowledged(of(task, away));
    fixture.engine().awaitIdle();
    assertThat(mailbox(away)).isEmpty();
    assertThat(fixture.counts(task))
        .isEqualTo(Map.of(DeliveryStatus.SENDING, 1, DeliveryStatus.DELIVERED, 1));
  }

  @Test
  void withdrawAll_takesBackWhatOneDeviceHas_andWhatWaitsForIt_andNothingElse() {
    Registration ada = fixture.phone(SHOP, "ada");
    Registration bob = fixture.phone(SHOP, "bob");
    var session = fixture.connect(ada);
    fixture.connect(bob);
    Task all0 = fixture.broadcast(all);
    Task own = fixture.push("ada");
    fixture.push("bob");
    Task opened = fixture.push("ada");
    session
        .received()
        .forEach(
            deliveryAttempt -> fixture.engine().devices().acknowledged(deliveryAttempt.delivery()));
    fixture.engine().awaitIdle();
    receipt(opened, ada, Receipt.Event.OPENED);
    fixture.engine().devices().disconnected(ada.id(), session);
    Task waits = fixture.push("ada");
    Task waits0 = fixture.broadcast(all);
    fixture.connect(ada);

    assertThat(fixture.engine().recalls().withdrawAll(BANK, ada.id(), "test")).isZero();
    assertThat(fixture.engine().recalls().withdrawAll(SHOP, ada.id(), "test")).isEqualTo(4);

    assertThat(fixture.engine().devices().withdrawals(ada.id(), TaskId.NONE, 10))
        .containsExactly(of(all0, ada), of(own, ada));
    assertThat(mailbox(ada)).isEmpty();
    assertThat(fixture.counts(waits)).isEqualTo(Map.of(DeliveryStatus.RECALLED, 1));
    assertThat(fixture.counts(opened)).isEqualTo(Map.of(DeliveryStatus.OPENED, 1));
    assertThat(mailbox(bob)).contains(of(waits0, bob));
  }

  @Test
  void anotherAppsDevices_neverHearOfIt() {
    Registration foreign = fixture.phone(BANK, "ada");
    var session = fixture.connect(foreign);
    fixture.broadcast(all);

    assertThat(session.received()).isEmpty();
    assertThat(mailbox(foreign)).isEmpty();
  }

  @Test
  void aDeviceThatRegistersWithinTheLifetime_takesItToo() {
    Task task = fixture.broadcast(all);
    fixture.clock.advance(ShopFixture.LIFETIME.minusSeconds(1));
    Registration late = fixture.phone(SHOP, "late");

    assertThat(mailbox(late)).containsExactly(of(task, late));
  }

  @Test
  void afterItsLifetime_nobodyTakesIt_andItsDeliveriesEnd() {
    Registration phone = fixture.phone(SHOP, "ada");
    Registration out = fixture.phone(SHOP, "bob");
    Task task = fixture.broadcast(all);
    mailbox(out);
    fixture.clock.advance(ShopFixture.LIFETIME);
    fixture.engine().housekeeping().runOnce();

    assertThat(mailbox(phone)).isEmpty();
    assertThat(fixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.ABANDONED, 1));
  }

  @Test
  void rule_asksForPlatformAndBinding() {
    Registration bound = fixture.phone(SHOP, "ada");
    Registration unbound = fixture.phone(SHOP, Optional.empty(), Platform.ANDROID);
    Registration apple = fixture.phone(SHOP, Optional.of("eve"), Platform.IOS);
    Task android =
        fixture.broadcast(
            new Everyone(
                Optional.of(Platform.ANDROID), Optional.of(TimeRange.ANY_TIME), Optional.empty()));
    Task toUnbound =
        fixture.broadcast(
            new Everyone(Optional.empty(), Optional.empty(), Optional.of(TimeRange.ANY_TIME)));

    assertThat(mailbox(bound)).containsExactly(of(android, bound));
    assertThat(mailbox(unbound)).containsExactly(of(toUnbound, unbound));
    assertThat(mailbox(apple)).isEmpty();
  }

  @Test
  void rule_asksWhenTheyWereBound_alsoOfThoseWhoAreConnected() {
    Registration phone = fixture.phone(SHOP, "ada");
    fixture.clock.advance(Duration.ofDays(8));
    var lastWeek =
        new Everyone(
            Optional.empty(),
            Optional.of(
                new TimeRange(
                    fixture.clock.instant().minus(Duration.ofDays(7)),
                    NOW.plus(Duration.ofDays(99)))),
            Optional.empty());
    var session = fixture.connect(phone);
    fixture.broadcast(lastWeek);
    assertThat(session.received()).isEmpty();

    fixture
        .engine()
        .registrations()
        .update(
            phone.id(),
            before ->
                before.changed(
                    before.device(),
                    before.profile().withUser(Optional.of("another")),
                    before.reachability()));
    Task second = fixture.broadcast(lastWeek);

    assertThat(session.received()).extracting(h -> h.delivery()).contains(of(second, phone));
  }

  @Test
  void recall_fencesThoseWhoHaveNotComeYet_andAsksTheOthersBack() {
    Registration here = fixture.phone(SHOP, "ada");
    Registration went = fixture.phone(SHOP, "bob");
    Registration opened = fixture.phone(SHOP, "eve");
    Registration away = fixture.phone(SHOP, "away");
    var session = fixture.connect(here);
    Task task = fixture.broadcast(all);
    mailbox(went);
    mailbox(opened);
    receipt(task, opened, Receipt.Event.OPENED);

    RecallResult.Active first = recall(task);

    assertThat(session.withdrawn()).containsExactly(of(task, here));
    assertThat(mailbox(away)).isEmpty();
    assertThat(fixture.engine().devices().withdrawals(went.id(), TaskId.NONE, 10))
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
    Registration spared = fixture.phone(SHOP, "ada");
    Registration other = fixture.phone(SHOP, "bob");
    Task task = fixture.broadcast(all);
    var scope = new Recall.Scope.OneDelivery(spared.id());

    fixture.engine().recalls().recall(SHOP, task.id(), scope, "test");

    assertThat(mailbox(spared)).isEmpty();
    assertThat(mailbox(other)).containsExactly(of(task, other));
  }

  @Test
  void dryRun_foretellsByWhoIsConnected() {
    Registration here = fixture.phone(SHOP, "ada");
    Registration went = fixture.phone(SHOP, "bob");
    fixture.connect(here);
    Task task = fixture.broadcast(all);
    mailbox(went);

    assertThat(fixture.engine().recalls().dryRun(SHOP, task.id(), new Recall.Scope.WholeTask()))
        .isInstanceOfSatisfying(
            RecallResult.Preview.class,
            preview ->
                assertThat(preview.report().parts())
                    .isEqualTo(Map.of(Part.WITHDRAWN, 1, Part.WAITING, 1)));
  }

  @Test
  void unansweredRecall_ends() {
    Registration went = fixture.phone(SHOP, "bob");
    Task task = fixture.broadcast(all);
    mailbox(went);
    recall(task);
    fixture.clock.advance(Recall.WINDOW);
    fixture.engine().housekeeping().runOnce();

    assertThat(fixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.FAILED, 1));
    assertThat(recall(task).report().parts()).isEqualTo(Map.of(Part.TOO_LATE, 1));
  }

  @Test
  void mailbox_mixesBroadcastsAndOthersInTheOrderOfAcceptance_pageByPage() {
    Registration phone = fixture.phone(SHOP, "ada");
    List<TaskId> pushed =
        List.of(
            fixture.push("ada").id(),
            fixture.broadcast(all).id(),
            fixture.broadcast(all).id(),
            fixture.push("ada").id(),
            fixture.broadcast(all).id());
    var read = new java.util.ArrayList<TaskId>();
    var after = TaskId.NONE;
    boolean more = true;
    while (more) {
      var mailboxPage = fixture.engine().devices().mailbox(phone.id(), after, 2);
      mailboxPage.attempts().forEach(deliveryAttempt -> read.add(deliveryAttempt.task().id()));
      after = mailboxPage.last();
      more = mailboxPage.more();
    }

    assertThat(read).isEqualTo(pushed);
  }

  @Test
  void tally_countsEachMilestone() {
    Registration one = fixture.phone(SHOP, "1");
    Registration two = fixture.phone(SHOP, "2");
    fixture.phone(SHOP, "3");
    Task task = fixture.broadcast(all);
    mailbox(one);
    mailbox(two);
    receipt(task, one, Receipt.Event.OPENED);
    receipt(task, two, Receipt.Event.DISMISSED);

    assertThat(fixture.engine().statistics().ofTask(SHOP, task.id()))
        .isEqualTo(new DeliveryCounts(2, 2, 2, 1, 1));
    assertThat(fixture.engine().statistics().ofTask(BANK, task.id()))
        .isEqualTo(DeliveryCounts.NONE);
  }

  @Test
  void unknownRegistration_hasNoPartInIt() {
    Task task = fixture.broadcast(all);

    assertThat(
            fixture.engine().tasks().delivery(SHOP, task.id(), new RegistrationId("0".repeat(23))))
        .isEmpty();
  }
}
