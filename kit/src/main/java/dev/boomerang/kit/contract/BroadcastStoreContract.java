// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DismissReported;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.lifecycle.Transition.Unknown;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.BroadcastStore.BroadcastCounts;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pushes to everyone: who may take them, and what devices say of them. A store that numbers its
/// registrations had better begin, for this, where its numbers carry over into another chunk.
public abstract class BroadcastStoreContract extends BroadcastLifecycleContract {
  static List<Everyone> rules() {
    var day = new TimeRange(NOW.minus(Duration.ofDays(1)), NOW);
    return List.of(
        ALL,
        Everyone.all(Optional.of(Platform.IOS)),
        new Everyone(Optional.empty(), EVER, Optional.empty()),
        new Everyone(Optional.empty(), Optional.empty(), EVER),
        new Everyone(Optional.empty(), Optional.of(day), Optional.empty()),
        new Everyone(Optional.of(Platform.WEB), Optional.empty(), Optional.of(day)),
        new Everyone(Optional.empty(), Optional.of(day), Optional.of(TimeRange.since(NOW))),
        new Everyone(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void broadcast_waitsForThoseWhomItsRuleCovers_andForNobodyElse(Everyone rule) {
    var phones = new ArrayList<Registration>();
    for (Platform platform : List.of(Platform.ANDROID, Platform.IOS, Platform.WEB)) {
      for (Duration ago :
          List.of(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1).plusMillis(1))) {
        Instant since = NOW.minus(ago);
        phones.add(add(aRegistration().on(platform).boundAt(since)));
        phones.add(add(aRegistration().on(platform).boundAt(since).ofUser("ada")));
      }
    }
    Task task = broadcast(rule);

    for (Registration phone : phones) {
      boolean covered = rule.covers(phone.audienceAttributes());
      assertThat(waiting(phone)).isEqualTo(covered ? List.of(task.id()) : List.of());
      assertThat(store().deliveries().find(of(task, phone)).isPresent()).isEqualTo(covered);
      assertThat(record(of(task, phone), new Claimed(NOW)))
          .isInstanceOf(covered ? Moved.class : Unknown.class);
    }
  }

  @Test
  void list_ofAFewAmongMany_isInOrder_andPaged() {
    var takers = new ArrayList<Registration>();
    for (int i = 0; i < 4; i++) {
      takers.add(aPhone());
      phones(90);
    }
    Task task = broadcast();
    takers.reversed().forEach(phone -> taken(task, phone));
    store().registrations().remove(takers.removeLast().id(), NOW);
    List<RegistrationId> ids = takers.stream().map(Registration::id).sorted().toList();

    assertThat(deliveries(task)).extracting(each -> each.id().registration()).isEqualTo(ids);
    assertThat(store().deliveries().ofTask(task.id(), ids.getFirst().value(), 1))
        .extracting(Delivery::id)
        .containsExactly(new DeliveryId(task.id(), ids.get(1)));
    assertThat(store().deliveries().ofTask(task.id(), ids.getLast().value(), 9)).isEmpty();
  }

  @Test
  void broadcast_isOfItsAppOnly() {
    Registration ofOtherApp = add(aRegistration().of(BANK));
    Task task = broadcast();

    assertThat(waiting(ofOtherApp)).isEmpty();
    assertThat(store().deliveries().find(of(task, ofOtherApp))).isEmpty();
    assertThat(record(of(task, ofOtherApp), new Claimed(NOW))).isEqualTo(new Unknown());
    assertThat(broadcasts().counts(task.id())).isEqualTo(new BroadcastCounts(Map.of(), 0, 0));
  }

  @Test
  void broadcast_waitsWithAllThatBelongsToIt() {
    Registration phone = add(aRegistration().on(Platform.HARMONY));
    Task task = broadcast();
    Delivery untaken =
        Delivery.create(
            of(task, phone),
            SHOP,
            Platform.HARMONY,
            0,
            task.expiresAt(),
            new Queued(NOW, ChannelId.SELF, 0));

    assertThat(mailboxEntries(phone, TaskId.NONE, NOW, MANY))
        .containsExactly(new MailboxEntry(untaken, task, task.content()));
    assertThat(store().deliveries().find(of(task, phone))).contains(untaken);
    assertThat(store().deliveries().mailbox(phone.id(), TaskId.NONE, NOW, MANY)).isEmpty();
  }

  @Test
  void waiting_isReadPageByPage_oldestFirst() {
    Registration phone = aPhone();
    var pushes = Stream.generate(() -> aPush().toEveryone(ALL).build()).limit(10).toList();
    pushes.reversed().forEach(push -> store().tasks().accept(push));
    accept(aPush().of(BANK).toEveryone(ALL));
    taken(pushes.get(3).task(), phone, new Arrived(NOW));
    taken(pushes.get(4).task(), phone);
    var expected = new ArrayList<>(pushes.stream().map(push -> push.task().id()).toList());
    expected.remove(3);

    var read = new ArrayList<TaskId>();
    TaskId after = TaskId.NONE;
    for (var page = mailboxEntries(phone, after, NOW, 4);
        !page.isEmpty();
        page = mailboxEntries(phone, after, NOW, 4)) {
      assertThat(page).hasSizeLessThanOrEqualTo(4);
      page.forEach(mailboxEntry -> read.add(mailboxEntry.task().id()));
      after = read.getLast();
    }

    assertThat(read).isEqualTo(expected);
    assertThat(waiting(phone)).isEqualTo(expected);
  }

  @Test
  void registrationMadeLater_takesItToo_untilItsEnd() {
    Task task = broadcast();
    Registration newcomer = aPhone();

    assertThat(waiting(newcomer, OVER.minusMillis(1))).containsExactly(task.id());
    assertThat(waiting(newcomer, OVER)).isEmpty();
    taken(task, newcomer, new Arrived(NOW));
    assertCensus(task, Map.of(DeliveryStatus.DELIVERED, 1), 0);
  }

  @Test
  void rule_isAskedOfARegistrationAsItIsNow() {
    Registration phone = aPhone();
    Task toUnbound = broadcast(new Everyone(Optional.empty(), Optional.empty(), EVER));
    Task users = broadcast(new Everyone(Optional.empty(), EVER, Optional.empty()));
    assertThat(waiting(phone)).containsExactly(toUnbound.id());

    Registration bound =
        phone
            .changed(
                phone.device(), phone.profile().withUser(Optional.of("ada")), phone.reachability())
            .boundAt(NOW.plusSeconds(1));
    assertThat(store().registrations().replace(bound)).isTrue();

    assertThat(waiting(bound)).containsExactly(users.id());
    assertThat(record(of(toUnbound, bound), new Claimed(NOW))).isEqualTo(new Unknown());
  }

  @Test
  void registrationThatIsGone_takesNothing_andWhatItTookIsOnlyCounted() {
    Registration phone = aPhone();
    Registration gone = aPhone();
    Task task = broadcast();
    taken(task, gone);
    taken(task, phone);
    store().registrations().remove(gone.id(), NOW);
    Registration later = aPhone();

    assertThat(waiting(gone)).isEmpty();
    assertThat(store().deliveries().find(of(task, gone))).isEmpty();
    assertThat(record(of(task, gone), new Arrived(NOW))).isEqualTo(new Unknown());
    assertThat(deliveries(task)).extracting(Delivery::id).containsExactly(of(task, phone));
    assertThat(broadcasts().statuses(task.id(), List.of(gone.id(), phone.id())))
        .isEqualTo(Map.of(phone.id(), DeliveryStatus.SENDING));
    assertThat(waiting(later)).containsExactly(task.id());

    broadcasts().expire(task.id(), OVER);
    assertThat(broadcasts().counts(task.id()))
        .isEqualTo(new BroadcastCounts(Map.of(DeliveryStatus.ABANDONED, 2), 0, 0));
    assertThat(store().deliveries().counts(task.id()))
        .isEqualTo(Map.of(DeliveryStatus.ABANDONED, 2));
  }

  @Test
  void deliveryAttempt_thatWasNotWritten_comesAgain_andNeverAfterArrival() {
    Registration phone = aPhone();
    Task task = broadcast();
    DeliveryId id = of(task, phone);

    assertThat(record(id, new Claimed(NOW)))
        .isInstanceOfSatisfying(
            Moved.class,
            moved -> assertThat(moved.to()).isEqualTo(new Sending(NOW, ChannelId.SELF, 1, false)));
    assertThat(waiting(phone)).containsExactly(task.id());
    assertThat(record(id, new NotSent(NOW, 2))).isInstanceOf(Stale.class);
    record(id, new NotSent(NOW, 1));
    assertThat(phase(id)).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(waiting(phone)).containsExactly(task.id());
    record(id, new Claimed(NOW));
    assertThat(record(id, new NotSent(NOW, 1))).isInstanceOf(Stale.class);
    assertThat(phase(id)).isEqualTo(DeliveryStatus.SENDING);
    record(id, new Arrived(NOW));

    assertThat(waiting(phone)).isEmpty();
    assertThat(record(id, new Claimed(NOW))).isInstanceOf(Stale.class);
    assertCensus(task, Map.of(DeliveryStatus.DELIVERED, 1), 0);
  }

  @Test
  void deliveryAttempt_repeatedMoreOftenThanIsCounted_stillComesAgain() {
    Registration phone = aPhone();
    Task task = broadcast();
    for (int i = 0; i < 6; i++) {
      assertThat(record(of(task, phone), new Claimed(NOW))).isInstanceOf(Moved.class);
    }

    assertThat(record(of(task, phone), new NotSent(NOW, 1))).isInstanceOf(Stale.class);
    assertThat(waiting(phone)).containsExactly(task.id());
    assertCensus(task, Map.of(DeliveryStatus.SENDING, 1), 0);
  }

  @Test
  void acceptance_beginsTheDeliveriesOfThoseWhoAreConnected() {
    var phones = phones(3);
    Task task = accept(aPush().toEveryone(ALL, phones.get(0).id(), phones.get(1).id())).task();

    assertCensus(task, Map.of(DeliveryStatus.SENDING, 2), 0);
    phones.forEach(phone -> assertThat(waiting(phone)).containsExactly(task.id()));
    record(of(task, phones.get(0)), new Arrived(NOW));
    record(of(task, phones.get(1)), new NotSent(NOW, 1));

    assertThat(waiting(phones.get(0))).isEmpty();
    assertThat(waiting(phones.get(1))).containsExactly(task.id());
    assertCensus(task, Map.of(DeliveryStatus.DELIVERED, 1, DeliveryStatus.QUEUED, 1), 0);
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of(new Arrived(NOW), DeliveryStatus.DELIVERED),
        Arguments.of(new ShownReported(NOW), DeliveryStatus.SHOWN),
        Arguments.of(new OpenReported(NOW), DeliveryStatus.OPENED),
        Arguments.of(new DismissReported(NOW), DeliveryStatus.DISMISSED));
  }

  @ParameterizedTest
  @MethodSource("words")
  void receipt_ofADevice_isKeptForItAlone(DeliveryEvent event, DeliveryStatus deliveryStatus) {
    var phones = phones(3);
    Task task = broadcast();
    Task another = broadcast();
    taken(task, phones.get(0));
    taken(task, phones.get(1), event);
    taken(another, phones.get(1));

    assertThat(phase(of(task, phones.get(1)))).isEqualTo(deliveryStatus);
    assertCensus(task, Map.of(DeliveryStatus.SENDING, 1, deliveryStatus, 1), 0);
    assertCensus(another, Map.of(DeliveryStatus.SENDING, 1), 0);
    assertThat(waiting(phones.get(1))).containsExactly(another.id());
    assertThat(waiting(phones.get(2))).containsExactly(task.id(), another.id());
  }

  @Test
  void deliveriesOfABroadcast_areReadPageByPage_inOrderOfRegistration() {
    var phones = phones(7);
    Task task = broadcast();
    phones.reversed().subList(0, 5).forEach(phone -> taken(task, phone));
    var expected = phones.subList(2, 7).stream().map(phone -> of(task, phone)).toList();

    var read = new ArrayList<DeliveryId>();
    String after = "";
    for (var page = store().deliveries().ofTask(task.id(), after, 2);
        !page.isEmpty();
        page = store().deliveries().ofTask(task.id(), after, 2)) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      page.forEach(delivery -> read.add(delivery.id()));
      after = read.getLast().registration().value();
    }

    assertThat(read).isEqualTo(expected);
  }

  @Test
  void broadcast_cleared_isGoneForEveryone() {
    Registration out = aPhone();
    Registration away = aPhone();
    Task task = broadcast();
    taken(task, out);
    broadcasts().recall(task.id(), NOW);

    assertThat(store().tasks().purge(NOW.plusMillis(1), MANY)).isEqualTo(1);

    assertNone(task.id(), out);
    assertNone(task.id(), away);
  }

  @Test
  void broadcast_neverAccepted_isNone() {
    Registration phone = aPhone();
    TaskId none = aTaskId();

    broadcasts().recall(none, NOW);
    broadcasts().expire(none, OVER);

    assertNone(none, phone);
  }

  private void assertNone(TaskId task, Registration phone) {
    assertThat(waiting(phone)).isEmpty();
    assertThat(recalling(phone)).isEmpty();
    assertThat(broadcasts().due(GIVEN_UP, MANY)).isEmpty();
    assertThat(broadcasts().counts(task)).isEqualTo(new BroadcastCounts(Map.of(), 0, 0));
    assertThat(broadcasts().statuses(task, List.of(phone.id()))).isEmpty();
    assertThat(store().deliveries().find(new DeliveryId(task, phone.id()))).isEmpty();
    assertThat(record(new DeliveryId(task, phone.id()), new Claimed(NOW))).isEqualTo(new Unknown());
  }
}
