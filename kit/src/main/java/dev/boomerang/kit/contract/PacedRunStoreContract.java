// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.PacedRunStore;
import dev.boomerang.port.PacedRunStore.PacedRun;
import dev.boomerang.port.PacedRunStore.Release;
import dev.boomerang.port.SegmentStore.RegistrationSet;
import dev.boomerang.port.TaskStore.AcceptResult.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Paced broadcasts. A store that numbers its registrations had better begin, for this, where its
/// numbers carry over into another chunk.
public abstract class PacedRunStoreContract extends StoreContract {
  private static final int MANY = 100;
  private static final int NODE = 3;
  private static final int OTHER = 4;
  private static final SendRate PACE = new SendRate.PerSecond(7);
  private static final Instant LATER = NOW.plusSeconds(10);

  private PacedRunStore paces() {
    return store().pacedRuns();
  }

  private List<Registration> phones(int count) {
    return Stream.generate(() -> store().registrations().add(aRegistration().build()))
        .limit(count)
        .toList();
  }

  private RegistrationSet everyone() {
    return store().segments().resolve(SHOP, new Segment.All(List.of()));
  }

  /// Stores a paced task to all registrations, leased to [#NODE].
  private Task paced() {
    Task task = accept(aPush().paced(everyone(), PACE)).task();
    paces().lease(NODE, NOW, LATER);
    return task;
  }

  private static DeliveryId of(Task task, Registration phone) {
    return new DeliveryId(task.id(), phone.id());
  }

  private Set<RegistrationId> released(Task task, int count) {
    return paces().release(task.id(), NODE, count, NOW).map(this::ids).orElse(Set.of());
  }

  private Set<RegistrationId> ids(Release release) {
    return store().segments().registrations(release.released()).stream()
        .map(Registration::id)
        .collect(Collectors.toSet());
  }

  private boolean waits(Task task, Registration phone) {
    return store()
        .broadcasts()
        .waiting(phone.id(), phone.audienceAttributes(), TaskId.NONE, NOW, MANY)
        .stream()
        .anyMatch(mailboxEntry -> mailboxEntry.task().id().equals(task.id()));
  }

  private Map<DeliveryStatus, Integer> counts(Task task) {
    return store().deliveries().counts(task.id());
  }

  private PacedRun run(Task task) {
    return paces().find(task.id()).orElseThrow();
  }

  @Test
  void deliveries_beginPending_andNobodyTakesThem() {
    var phones = phones(3);
    Task task = paced();

    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.PENDING, 3));
    assertThat(run(task)).isEqualTo(new PacedRun(task.id(), SHOP, PACE, 3, 0, true));
    for (Registration phone : phones) {
      assertThat(waits(task, phone)).isFalse();
      assertThat(store().broadcasts().onDevice(phone.id(), SHOP, TaskId.NONE, MANY))
          .containsExactly(of(task, phone));
      assertThat(record(of(task, phone), new Claimed(NOW))).isInstanceOf(Stale.class);
      assertThat(store().deliveries().find(of(task, phone)).orElseThrow().state().status())
          .isEqualTo(DeliveryStatus.PENDING);
    }
    assertThat(store().statistics().ofTasks(List.of(task.id())).get(task.id()))
        .isEqualTo(new DeliveryCounts(3, 0, 0, 0, 0));
  }

  @Test
  void release_queuesSoMany_eachOnce_untilAllAre() {
    var phones = phones(40);
    Task task = paced();
    var all = new HashSet<RegistrationId>();

    for (int left = phones.size(); left > 0; left -= 15) {
      Set<RegistrationId> now = released(task, 15);
      assertThat(now).hasSize(Math.min(15, left)).allMatch(all::add);
      for (Registration phone : phones) {
        assertThat(waits(task, phone)).isEqualTo(all.contains(phone.id()));
      }
      assertThat(run(task).released()).isEqualTo(all.size());
    }

    assertThat(all).hasSize(40);
    assertThat(counts(task)).isEqualTo(Map.of(DeliveryStatus.QUEUED, 40));
    assertThat(run(task).running()).isFalse();
    assertThat(released(task, 15)).isEmpty();
    assertThat(paces().lease(NODE, NOW, LATER)).isEmpty();
    assertThat(record(of(task, phones.getFirst()), new Claimed(NOW)))
        .isInstanceOfSatisfying(
            Moved.class,
            moved -> {
              assertThat(moved.from()).isInstanceOf(Queued.class);
              assertThat(moved.to())
                  .isInstanceOfSatisfying(
                      Sending.class, state -> assertThat(state.attempt()).isEqualTo(1));
            });
    assertThat(store().statistics().ofTasks(List.of(task.id())).get(task.id()))
        .isEqualTo(new DeliveryCounts(40, 1, 0, 0, 0));
  }

  @Test
  void release_doesNotBringBackWhatWasTakenMeanwhile() {
    var phones = phones(4);
    Task task = paced();
    RegistrationId first = released(task, 1).iterator().next();
    record(new DeliveryId(task.id(), first), new Claimed(NOW));
    Registration recalled =
        phones.stream().filter(phone -> !phone.id().equals(first)).findFirst().orElseThrow();
    record(of(task, recalled), new RecallRequested(NOW));

    released(task, 10);

    assertThat(counts(task))
        .isEqualTo(
            Map.of(
                DeliveryStatus.SENDING, 1, DeliveryStatus.RECALLED, 1, DeliveryStatus.QUEUED, 2));
    assertThat(run(task)).isEqualTo(new PacedRun(task.id(), SHOP, PACE, 4, 3, false));
  }

  @Test
  void recall_takesBackWhatWaits_andEndsTheRun() {
    phones(5);
    Task task = paced();
    RegistrationId out = released(task, 2).iterator().next();
    record(new DeliveryId(task.id(), out), new Claimed(NOW));

    store().broadcasts().recall(task.id(), NOW);

    assertEnded(task, Map.of(DeliveryStatus.RECALLED, 4, DeliveryStatus.RECALLING, 1));
    assertThat(store().broadcasts().counts(task.id()).prevented()).isEqualTo(4);
  }

  @Test
  void stop_keepsBackWhatWaits_andEndsTheRun() {
    phones(5);
    Task task = paced();
    RegistrationId out = released(task, 2).iterator().next();
    record(new DeliveryId(task.id(), out), new Claimed(NOW));

    store().broadcasts().stop(task.id(), NOW);

    assertEnded(task, Map.of(DeliveryStatus.STOPPED, 4, DeliveryStatus.ABANDONED, 1));
  }

  @Test
  void endOfLifetime_endsWhatWaits_andTheRun() {
    phones(5);
    Task task = paced();
    released(task, 2);

    store().broadcasts().expire(task.id(), task.expiresAt());

    assertEnded(task, Map.of(DeliveryStatus.EXPIRED, 5));
  }

  private void assertEnded(Task task, Map<DeliveryStatus, Integer> counts) {
    assertThat(counts(task)).isEqualTo(counts);
    assertThat(run(task)).isEqualTo(new PacedRun(task.id(), SHOP, PACE, 5, 2, false));
    assertThat(paces().running(SHOP)).isZero();
    assertThat(paces().lease(NODE, NOW, LATER)).isEmpty();
    assertThat(paces().release(task.id(), NODE, 3, NOW)).isEmpty();
    assertThat(counts(task)).isEqualTo(counts);
  }

  @Test
  void newerInItsSlot_takesThePlaceOfWhatIsNotReleased() {
    Registration phone = phones(2).getFirst();
    Task older = accept(aPush().in(CollapseKey.named("score")).paced(everyone(), PACE)).task();
    paces().lease(NODE, NOW, LATER);

    var newer = aPush().in(CollapseKey.named("score")).to(phone.id()).build();
    assertThat(store().tasks().accept(newer))
        .isEqualTo(
            new Stored(
                List.of(of(older, phone)), TransitionCounts.of(DeliveryStatus.OVERRIDDEN, 1)));

    assertThat(counts(older))
        .isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 1, DeliveryStatus.PENDING, 1));
    assertThat(released(older, 5)).hasSize(1).doesNotContain(phone.id());
    assertThat(waits(older, phone)).isFalse();
  }

  @Test
  void lease_isOneNodes_untilItsTimeHasPassed() {
    phones(5);
    Task task = paced();

    assertThat(paces().lease(OTHER, NOW, LATER)).isEmpty();
    assertThat(paces().release(task.id(), OTHER, 1, NOW)).isEmpty();
    assertThat(released(task, 1)).hasSize(1);
    assertThat(paces().lease(OTHER, LATER, LATER.plusSeconds(10)))
        .containsExactly(new PacedRun(task.id(), SHOP, PACE, 5, 1, true));
    assertThat(released(task, 1)).isEmpty();
    assertThat(paces().lease(NODE, LATER, LATER.plusSeconds(10))).isEmpty();
    assertThat(paces().release(task.id(), OTHER, 1, LATER)).isPresent();
    assertThat(run(task).released()).isEqualTo(2);
  }

  @Test
  void lease_isProlongedByWhoHasIt() {
    phones(2);
    Task task = paced();
    Instant until = NOW.plusSeconds(18);

    assertThat(paces().lease(NODE, NOW.plusSeconds(8), until)).hasSize(1);

    assertThat(paces().lease(OTHER, NOW.plusSeconds(15), NOW.plusSeconds(25))).isEmpty();
    assertThat(paces().lease(OTHER, until, NOW.plusSeconds(30)))
        .extracting(PacedRun::task)
        .containsExactly(task.id());
  }

  @Test
  void runs_areListedOldestFirst_andCountedByApp() {
    phones(2);
    Task first = paced();
    Task second = paced();
    released(first, 1);

    assertThat(paces().lease(NODE, NOW, LATER))
        .extracting(PacedRun::task)
        .containsExactly(first.id(), second.id());
    assertThat(paces().running(SHOP)).isEqualTo(2);
    assertThat(paces().running(BANK)).isZero();
    released(first, 5);
    assertThat(paces().running(SHOP)).isEqualTo(1);
  }

  @Test
  void racersForARelease_releaseEachOnce() {
    phones(60);
    Task task = paced();

    var each = ConcurrentCalls.among(12, _ -> released(task, 4));

    assertThat(each.stream().flatMap(Set::stream)).hasSize(48).doesNotHaveDuplicates();
    assertThat(run(task).released()).isEqualTo(48);
    assertThat(counts(task))
        .isEqualTo(Map.of(DeliveryStatus.PENDING, 12, DeliveryStatus.QUEUED, 48));
  }

  @Test
  void pacedBroadcast_ofNobody_neverRuns_andOneThatIsCleared_isGone() {
    Task empty = paced();
    assertThat(run(empty)).isEqualTo(new PacedRun(empty.id(), SHOP, PACE, 0, 0, false));
    phones(1);
    Task task = paced();

    store().tasks().purge(LATER, MANY);

    assertThat(paces().find(task.id())).isEmpty();
    assertThat(paces().running(SHOP)).isZero();
  }

  @Test
  void pace_comesBackAsItWasGiven() {
    phones(1);
    for (SendRate sendRate :
        List.of(new SendRate.PerSecond(100_000), new SendRate.SpreadOver(Duration.ofMinutes(3)))) {
      Task task = accept(aPush().paced(everyone(), sendRate)).task();
      assertThat(run(task).sendRate()).isEqualTo(sendRate);
    }
  }

  private static Set<RegistrationId> ids(List<Registration> registrations) {
    return registrations.stream().map(Registration::id).collect(Collectors.toSet());
  }

  private Set<RegistrationId> covered(AppId app, Everyone rule) {
    return ids(store().segments().registrations(store().segments().resolve(app, rule)));
  }

  @Test
  void registrationSetOfARule_hasThoseWhomItCoversNow() {
    var all = new ArrayList<Registration>();
    for (Platform platform : List.of(Platform.ANDROID, Platform.IOS)) {
      for (Optional<String> user : List.of(Optional.of("ada"), Optional.<String>empty())) {
        for (int days : List.of(1, 9)) {
          var made = aRegistration().on(platform).boundAt(NOW.minus(Duration.ofDays(days)));
          user.ifPresent(made::ofUser);
          all.add(store().registrations().add(made.build()));
        }
      }
    }
    store().registrations().add(aRegistration().of(BANK).build());
    Optional<TimeRange> ever = Optional.of(TimeRange.ANY_TIME);
    Optional<TimeRange> lately = Optional.of(TimeRange.since(NOW.minus(Duration.ofDays(2))));

    for (Everyone rule :
        List.of(
            Everyone.all(Optional.empty()),
            Everyone.all(Optional.of(Platform.IOS)),
            new Everyone(Optional.empty(), ever, Optional.empty()),
            new Everyone(Optional.of(Platform.IOS), Optional.empty(), ever),
            new Everyone(Optional.empty(), lately, ever),
            new Everyone(Optional.of(Platform.ANDROID), lately, lately))) {
      assertThat(covered(SHOP, rule))
          .isEqualTo(
              ids(all.stream().filter(each -> rule.covers(each.audienceAttributes())).toList()));
    }
  }

  @Test
  void registrationSetOfIds_hasThoseWhoAreThere() {
    var phones = phones(3);
    var gone = aRegistration().build();

    RegistrationSet registrationSet =
        store()
            .segments()
            .of(List.of(phones.get(0).id(), phones.get(2).id(), phones.get(2).id(), gone.id()));

    assertThat(registrationSet.size()).isEqualTo(2);
    assertThat(ids(store().segments().registrations(registrationSet)))
        .containsExactlyInAnyOrder(phones.get(0).id(), phones.get(2).id());
  }
}
