// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aSchedule;
import static dev.boomerang.kit.fixture.Fixtures.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ScheduleBuilder;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.ScheduleStore.ActiveFilter;
import dev.boomerang.port.ScheduleStore.Filter;
import dev.boomerang.port.ScheduleStore.ReplaceResult;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public abstract class ScheduleStoreContract extends StoreContract {
  private static final int MANY = 1_000;
  private static final OccurrenceStatus PENDING = new OccurrenceStatus.Pending();
  private static final OccurrenceStatus FIRING = new OccurrenceStatus.Firing();
  private static final Filter EVER = new Filter(SHOP, NOW, NOW.plus(Duration.ofDays(365)));

  private ScheduleStore schedules() {
    return store().schedules();
  }

  private static Instant at(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  private ScheduleBuilder add(ScheduleBuilder plan) {
    assertThat(schedules().add(plan.schedule(), plan.occurrences(), MANY)).isTrue();
    return plan;
  }

  private OccurrenceStatus statusOf(ScheduleId occurrence) {
    return schedules().occurrence(SHOP, occurrence).orElseThrow().occurrence().status();
  }

  @Test
  void schedule_added_isFoundWithItsOccurrencesInOrder() {
    ScheduleBuilder plan = add(aSchedule().due(at(30), at(10), at(20)));

    assertThat(schedules().find(SHOP, plan.schedule().id())).contains(plan.schedule());
    assertThat(schedules().ofSchedule(SHOP, plan.schedule().id()))
        .containsExactly(plan.planned(1), plan.planned(2), plan.planned(0));
    assertThat(schedules().occurrence(SHOP, plan.id(2))).contains(plan.planned(2));
  }

  @Test
  void scheduleThatFiresOnce_isFoundByTheOneId() {
    ScheduleBuilder plan = add(aSchedule().once(at(10)));

    assertThat(plan.id(0)).isEqualTo(plan.schedule().id());
    assertThat(schedules().find(SHOP, plan.id(0))).contains(plan.schedule());
    assertThat(schedules().occurrence(SHOP, plan.id(0))).contains(plan.planned(0));
  }

  @Test
  void schedule_neverAdded_isNotFound() {
    ScheduleId id = aSchedule().schedule().id();

    assertThat(schedules().find(SHOP, id)).isEmpty();
    assertThat(schedules().ofSchedule(SHOP, id)).isEmpty();
    assertThat(schedules().occurrence(SHOP, id)).isEmpty();
    assertThat(schedules().compareAndSetStatus(id, PENDING, FIRING)).isFalse();
    assertThat(schedules().due(at(1_000), MANY)).isEmpty();
    assertThat(schedules().count(EVER)).isZero();
  }

  @Test
  void push_ofASchedule_comesBackWhole() {
    var own = Optional.<Content>of(new Content.DataMessage("{}", Map.of("k", "v")));
    var targets = List.of(Target.of("ada", "m"), new Target("bob", Optional.empty(), own));
    var targeted = new Audience.Targeted(Audience.TargetKind.ALIAS, targets, Optional.empty());
    var source =
        new Source("kit", Source.Kind.MULTIPLE, Optional.of("welcome"))
            .with(new DialectDetail("{\"revokes\":\"RASA_1\"}"));
    var push =
        new Push(
            SHOP,
            "spring",
            targeted,
            Content.Notification.of("标题", "b"),
            Push.Options.of(source, Duration.ofHours(3)));

    ScheduleBuilder plan = add(aSchedule().pushing(push).once(at(10)));

    assertThat(schedules().due(at(10), MANY)).extracting(it -> it.schedule().push()).contains(push);
    assertThat(schedules().find(SHOP, plan.schedule().id())).contains(plan.schedule());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "{\"name\":\"标题 \\\"😀\"}", "line\nline\t\\ 'quoted'"})
  void detail_comesBackAsItWas(String text) {
    var detail = new DialectDetail(text);
    ScheduleBuilder plan = add(aSchedule().detailed(detail).once(at(10)));

    assertThat(schedules().find(SHOP, plan.schedule().id())).map(Schedule::detail).contains(detail);
  }

  static List<OccurrenceStatus> statuses() {
    return List.of(
        PENDING,
        FIRING,
        new OccurrenceStatus.Fired(aTaskId(), at(11)),
        new OccurrenceStatus.Cancelled(at(12)),
        new OccurrenceStatus.Dropped(at(13), "its lifetime was over"),
        new OccurrenceStatus.Dropped(at(13), ""));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void fate_ofEachKind_isMovedToAndFrom(OccurrenceStatus occurrenceStatus) {
    ScheduleBuilder plan = add(aSchedule().once(at(10)));

    assertThat(schedules().compareAndSetStatus(plan.id(0), PENDING, occurrenceStatus)).isTrue();
    assertThat(statusOf(plan.id(0))).isEqualTo(occurrenceStatus);

    assertThat(
            schedules()
                .compareAndSetStatus(
                    plan.id(0), occurrenceStatus, new OccurrenceStatus.Cancelled(at(99))))
        .isTrue();
    assertThat(statusOf(plan.id(0))).isEqualTo(new OccurrenceStatus.Cancelled(at(99)));
  }

  @Test
  void move_fromAnotherFate_changesNothing() {
    ScheduleBuilder plan = add(aSchedule().due(at(10), at(20)));
    var fired = new OccurrenceStatus.Fired(aTaskId(), at(10));
    schedules().compareAndSetStatus(plan.id(0), PENDING, fired);

    assertThat(schedules().compareAndSetStatus(plan.id(0), PENDING, FIRING)).isFalse();
    assertThat(
            schedules()
                .compareAndSetStatus(
                    plan.id(0), new OccurrenceStatus.Fired(aTaskId(), at(10)), FIRING))
        .isFalse();
    assertThat(schedules().compareAndSetStatus(plan.id(1), FIRING, fired)).isFalse();

    assertThat(statusOf(plan.id(0))).isEqualTo(fired);
    assertThat(statusOf(plan.id(1))).isEqualTo(PENDING);
  }

  @Test
  void fiftyRacersForOneOccurrence_haveOneWinner() {
    ScheduleBuilder plan = add(aSchedule().due(at(10), at(20)));

    var won =
        ConcurrentCalls.among(
            50, _ -> schedules().compareAndSetStatus(plan.id(0), PENDING, FIRING));

    assertThat(Collections.frequency(won, true)).isEqualTo(1);
    assertThat(statusOf(plan.id(0))).isEqualTo(FIRING);
    assertThat(statusOf(plan.id(1))).isEqualTo(PENDING);
  }

  @Test
  void racersToFireAndToCancelManyAtOnce_haveOneWinnerEach() {
    ScheduleBuilder plan =
        add(aSchedule().due(IntStream.range(0, 20).mapToObj(i -> at(i)).toList()));
    var order = plan.occurrences().stream().map(Occurrence::id).toList();

    var won =
        ConcurrentCalls.among(
            10,
            i -> {
              OccurrenceStatus to = i % 2 == 0 ? FIRING : new OccurrenceStatus.Cancelled(at(i));
              var mine = new ArrayList<>(i % 2 == 0 ? order : order.reversed());
              mine.removeIf(id -> !schedules().compareAndSetStatus(id, PENDING, to));
              return mine;
            });

    assertThat(won.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(order);
  }

  @Test
  void due_listsTheLongestOverdueFirst_ofAllApps() {
    ScheduleBuilder shop = add(aSchedule().due(at(30), at(10), at(40)));
    ScheduleBuilder bank = add(aSchedule().of(BANK).once(at(20)));

    assertThat(schedules().due(at(9), MANY)).isEmpty();
    assertThat(schedules().due(at(10), MANY)).containsExactly(shop.planned(1));
    assertThat(schedules().due(at(30), MANY))
        .containsExactly(shop.planned(1), bank.planned(0), shop.planned(0));
    assertThat(schedules().due(at(30), 2)).containsExactly(shop.planned(1), bank.planned(0));
  }

  @Test
  void due_listsWhatIsFiringAgain_andNothingThatIsDone() {
    ScheduleBuilder plan = add(aSchedule().due(at(1), at(2), at(3), at(4), at(5)));
    schedules()
        .compareAndSetStatus(plan.id(0), PENDING, new OccurrenceStatus.Fired(aTaskId(), at(1)));
    schedules().compareAndSetStatus(plan.id(1), PENDING, FIRING);
    schedules().compareAndSetStatus(plan.id(2), PENDING, new OccurrenceStatus.Cancelled(at(1)));
    schedules()
        .compareAndSetStatus(plan.id(3), PENDING, new OccurrenceStatus.Dropped(at(4), "late"));

    assertThat(schedules().due(at(9), MANY))
        .containsExactly(plan.planned(1, FIRING), plan.planned(4));
  }

  @Test
  void list_pagesWhatIsDueInTheSpan_inOrder() {
    ScheduleBuilder plan = add(aSchedule().due(at(50), at(10), at(30), at(20), at(30), at(60)));
    add(aSchedule().of(BANK).due(at(30)));
    var span = new Filter(SHOP, at(20), at(60));

    List<ScheduledOccurrence> all = schedules().list(span, 0, MANY);
    var pages = new ArrayList<ScheduledOccurrence>();
    for (int skip = 0; skip < 6; skip++) {
      pages.addAll(schedules().list(span, skip, 1));
    }

    assertThat(all)
        .containsExactlyInAnyOrder(
            plan.planned(3), plan.planned(2), plan.planned(4), plan.planned(0))
        .isSortedAccordingTo(
            (one, two) -> one.occurrence().dueAt().compareTo(two.occurrence().dueAt()));
    assertThat(pages).isEqualTo(all);
    assertThat(schedules().count(span)).isEqualTo(4);
    assertThat(schedules().list(span, 4, MANY)).isEmpty();
  }

  @Test
  void list_keepsWhatIsDone() {
    ScheduleBuilder plan = add(aSchedule().due(at(10), at(20)));
    schedules().compareAndSetStatus(plan.id(0), PENDING, new OccurrenceStatus.Cancelled(at(1)));

    assertThat(schedules().list(EVER, 0, MANY))
        .containsExactly(plan.planned(0, new OccurrenceStatus.Cancelled(at(1))), plan.planned(1));
    assertThat(schedules().count(EVER)).isEqualTo(2);
  }

  @Test
  void schedules_ofAnotherApp_areNotSeen() {
    ScheduleBuilder plan = add(aSchedule().once(at(10)));

    assertThat(schedules().find(BANK, plan.id(0))).isEmpty();
    assertThat(schedules().ofSchedule(BANK, plan.id(0))).isEmpty();
    assertThat(schedules().occurrence(BANK, plan.id(0))).isEmpty();
    assertThat(schedules().list(new Filter(BANK, NOW, at(99)), 0, MANY)).isEmpty();
  }

  @Test
  void add_beyondTheLimit_storesNothing() {
    ScheduleBuilder first = add(aSchedule().due(at(10), at(20)));
    ScheduleBuilder second = aSchedule().due(at(30), at(40));

    assertThat(schedules().add(second.schedule(), second.occurrences(), 1)).isFalse();

    assertThat(schedules().find(SHOP, second.schedule().id())).isEmpty();
    assertThat(schedules().count(EVER)).isEqualTo(2);
    ScheduleBuilder bank = aSchedule().of(BANK).due(at(30));
    assertThat(schedules().add(bank.schedule(), bank.occurrences(), 1)).isTrue();
    assertThat(schedules().find(SHOP, first.schedule().id())).isPresent();
  }

  @Test
  void limit_countsSchedulesWithAPendingOccurrenceOnly() {
    ScheduleBuilder first = add(aSchedule().due(at(10), at(20)));
    ScheduleBuilder second = aSchedule().due(at(30));
    schedules().compareAndSetStatus(first.id(0), PENDING, FIRING);
    assertThat(schedules().add(second.schedule(), second.occurrences(), 1)).isFalse();

    schedules().compareAndSetStatus(first.id(1), PENDING, new OccurrenceStatus.Cancelled(NOW));

    assertThat(schedules().add(second.schedule(), second.occurrences(), 1)).isTrue();
  }

  @Test
  void fiftyRacersForTheLastPlaces_getNoMoreThanThereAre() {
    var plans =
        IntStream.range(0, 50)
            .mapToObj(i -> aSchedule().of(i % 2 == 0 ? SHOP : BANK).due(at(10), at(20)))
            .toList();

    var added =
        ConcurrentCalls.among(
            50, i -> schedules().add(plans.get(i).schedule(), plans.get(i).occurrences(), 7));

    assertThat(Collections.frequency(added, true)).isEqualTo(14);
    assertThat(schedules().count(EVER)).isEqualTo(14);
    assertThat(schedules().count(new Filter(BANK, NOW, at(99)))).isEqualTo(14);
  }

  private List<OccurrenceStatus> statusesOf(ScheduleBuilder plan) {
    return schedules().ofSchedule(SHOP, plan.schedule().id()).stream()
        .map(scheduledOccurrence -> scheduledOccurrence.occurrence().status())
        .toList();
  }

  @Test
  void replacement_takesThePlaceOfWhatIsPending_andOfNothingElse() {
    ScheduleBuilder before =
        add(aSchedule().detailed(new DialectDetail("prepared")).due(at(10), at(20), at(30)));
    ScheduleBuilder other = add(aSchedule().due(at(10)));
    var fired = new OccurrenceStatus.Fired(aTaskId(), at(10));
    schedules().compareAndSetStatus(before.id(0), PENDING, fired);
    var push =
        new Push(
            SHOP,
            "changed",
            Audience.Everyone.all(Optional.empty()),
            Content.Notification.of("t", "b"),
            Push.Options.of("changed", Duration.ofHours(2)));
    Schedule old = before.schedule();
    var after =
        new Schedule(
            old.id(), SHOP, push, true, old.createdAt(), at(50), new DialectDetail("launched"));
    var planned = List.of(new Occurrence(Fixtures.aScheduleId(), old.id(), at(50), PENDING));

    assertThat(schedules().replace(after, planned, MANY)).isEqualTo(ReplaceResult.DONE);

    assertThat(schedules().find(SHOP, old.id())).contains(after);
    assertThat(schedules().ofSchedule(SHOP, old.id()))
        .containsExactly(
            new ScheduledOccurrence(after, before.occurrences().get(0).withStatus(fired)),
            new ScheduledOccurrence(after, planned.getFirst()));
    assertThat(schedules().occurrence(SHOP, before.id(1))).isEmpty();
    assertThat(statusesOf(other)).containsExactly(PENDING);
    assertThat(schedules().due(at(99), MANY))
        .extracting(one -> one.occurrence().id())
        .containsExactly(other.id(0), planned.getFirst().id());
  }

  @Test
  void replacement_ofOneThatFiresOnce_mayHaveTheSameId() {
    ScheduleBuilder before = add(aSchedule().once(at(10)));
    ScheduleId id = before.schedule().id();
    var planned = List.of(new Occurrence(id, id, at(50), PENDING));

    assertThat(schedules().replace(before.schedule(), planned, MANY)).isEqualTo(ReplaceResult.DONE);

    assertThat(schedules().due(at(49), MANY)).isEmpty();
    assertThat(schedules().occurrence(SHOP, id))
        .contains(new ScheduledOccurrence(before.schedule(), planned.getFirst()));
  }

  @Test
  void replacement_withoutOccurrences_suspends() {
    ScheduleBuilder plan = add(aSchedule().due(at(10), at(20)));
    schedules().compareAndSetStatus(plan.id(0), PENDING, FIRING);

    assertThat(schedules().replace(plan.schedule(), List.of(), 0)).isEqualTo(ReplaceResult.DONE);

    assertThat(statusesOf(plan)).containsExactly(FIRING);
    assertThat(schedules().find(SHOP, plan.schedule().id())).isPresent();
  }

  @Test
  void replacement_ofWhatIsNotThere_changesNothing() {
    ScheduleBuilder never = aSchedule().due(at(10));
    ScheduleBuilder ofTheBank = aSchedule().of(BANK).due(at(10));
    add(ofTheBank);
    Schedule bank = ofTheBank.schedule();
    var stolen =
        new Schedule(
            bank.id(), SHOP, never.schedule().push(), true, NOW, bank.endsAt(), bank.detail());

    assertThat(schedules().replace(never.schedule(), never.occurrences(), MANY))
        .isEqualTo(ReplaceResult.GONE);
    assertThat(schedules().replace(stolen, List.of(), MANY)).isEqualTo(ReplaceResult.GONE);

    assertThat(schedules().find(SHOP, never.schedule().id())).isEmpty();
    assertThat(schedules().count(EVER)).isZero();
    assertThat(schedules().ofSchedule(BANK, bank.id())).hasSize(1);
  }

  @Test
  void limit_concernsAReplacementThatHadNothingPending() {
    add(aSchedule().due(at(10)));
    ScheduleBuilder plan = add(aSchedule().due(at(10)));
    assertThat(schedules().replace(plan.schedule(), plan.occurrences(), 2))
        .isEqualTo(ReplaceResult.DONE);
    schedules().replace(plan.schedule(), List.of(), 2);

    assertThat(schedules().replace(plan.schedule(), plan.occurrences(), 1))
        .isEqualTo(ReplaceResult.TOO_MANY);
    assertThat(statusesOf(plan)).isEmpty();
    assertThat(schedules().replace(plan.schedule(), plan.occurrences(), 2))
        .isEqualTo(ReplaceResult.DONE);
  }

  @Test
  void schedule_removed_isGoneWithItsOccurrences() {
    ScheduleBuilder gone = add(aSchedule().due(at(10), at(20)));
    ScheduleBuilder stays = add(aSchedule().due(at(10)));

    assertThat(schedules().remove(BANK, gone.schedule().id())).isFalse();
    assertThat(schedules().remove(SHOP, gone.schedule().id())).isTrue();
    assertThat(schedules().remove(SHOP, gone.schedule().id())).isFalse();

    assertThat(schedules().find(SHOP, gone.schedule().id())).isEmpty();
    assertThat(schedules().ofSchedule(SHOP, gone.schedule().id())).isEmpty();
    assertThat(schedules().occurrence(SHOP, gone.id(0))).isEmpty();
    assertThat(schedules().count(EVER)).isEqualTo(1);
    assertThat(statusesOf(stays)).containsExactly(PENDING);
  }

  @Test
  void live_areThoseOfTheAppAndOriginThatEndLater_theOldestFirst() {
    ScheduleBuilder first = add(aSchedule().detailed(new DialectDetail("{}")).due(at(90), at(10)));
    ScheduleBuilder second = add(aSchedule().due(at(91)));
    ScheduleBuilder third = add(aSchedule().due(at(92)));
    add(aSchedule().due(at(50)));
    add(aSchedule().of(BANK).due(at(90)));
    schedules().replace(third.schedule(), List.of(), MANY);
    var activeFilter = new ActiveFilter(SHOP, "kit", at(50));

    assertThat(schedules().listActive(activeFilter, 0, MANY))
        .containsExactly(first.schedule(), second.schedule(), third.schedule());
    assertThat(schedules().listActive(activeFilter, 1, 1)).containsExactly(second.schedule());
    assertThat(schedules().listActive(activeFilter, 3, 1)).isEmpty();
    assertThat(schedules().count(activeFilter)).isEqualTo(3);
    assertThat(schedules().count(new ActiveFilter(SHOP, "other", at(50)))).isZero();
    assertThat(schedules().count(new ActiveFilter(SHOP, "kit", at(91)))).isEqualTo(1);
  }

  @Test
  void clear_takesSchedulesThatAreOverAndDone() {
    ScheduleBuilder done = add(aSchedule().due(at(10), at(20)));
    ScheduleBuilder ahead = add(aSchedule().due(at(10), at(90)));
    ScheduleBuilder pending = add(aSchedule().due(at(10)));
    ScheduleBuilder firing = add(aSchedule().due(at(10)));
    ScheduleBuilder atTheLimit = add(aSchedule().due(at(50)));
    var over = new OccurrenceStatus.Cancelled(NOW);
    for (ScheduleBuilder plan : List.of(done, ahead, atTheLimit)) {
      plan.occurrences().forEach(one -> schedules().compareAndSetStatus(one.id(), PENDING, over));
    }
    schedules().compareAndSetStatus(firing.id(0), PENDING, FIRING);

    assertThat(schedules().purge(at(50), MANY)).isEqualTo(1);

    assertThat(schedules().find(SHOP, done.schedule().id())).isEmpty();
    assertThat(schedules().occurrence(SHOP, done.id(0))).isEmpty();
    for (ScheduleBuilder kept : List.of(ahead, pending, firing, atTheLimit)) {
      assertThat(schedules().find(SHOP, kept.schedule().id())).contains(kept.schedule());
      assertThat(schedules().ofSchedule(SHOP, kept.schedule().id()))
          .hasSameSizeAs(kept.occurrences());
    }
  }

  @Test
  void clear_takesASuspendedSchedule_onceItsLastFiringWouldBeOver() {
    ScheduleBuilder ended = add(aSchedule().due(at(10), at(20)));
    ScheduleBuilder ahead = add(aSchedule().due(at(10), at(90)));
    for (ScheduleBuilder plan : List.of(ended, ahead)) {
      assertThat(schedules().replace(plan.schedule(), List.of(), MANY))
          .isEqualTo(ReplaceResult.DONE);
    }

    assertThat(schedules().purge(at(50), MANY)).isEqualTo(1);

    assertThat(schedules().find(SHOP, ended.schedule().id())).isEmpty();
    assertThat(schedules().find(SHOP, ahead.schedule().id())).contains(ahead.schedule());
    assertThat(schedules().purge(at(91), MANY)).isEqualTo(1);
    assertThat(schedules().find(SHOP, ahead.schedule().id())).isEmpty();
  }

  @Test
  void clear_ofAReplacedSchedule_goesByItsNewEnd() {
    ScheduleBuilder longer = add(aSchedule().due(at(10)));
    ScheduleBuilder shorter = add(aSchedule().due(at(90)));
    replace(longer, at(90));
    replace(shorter, at(10));

    assertThat(schedules().purge(at(50), MANY)).isEqualTo(1);

    assertThat(schedules().find(SHOP, longer.schedule().id())).isPresent();
    assertThat(schedules().find(SHOP, shorter.schedule().id())).isEmpty();
  }

  /// Replaces a schedule by one that ends then, and is suspended.
  private void replace(ScheduleBuilder plan, Instant end) {
    Schedule was = plan.schedule();
    var changed =
        new Schedule(
            was.id(), was.app(), was.push(), was.cyclic(), was.createdAt(), end, was.detail());
    assertThat(schedules().replace(changed, List.of(), MANY)).isEqualTo(ReplaceResult.DONE);
  }

  @Test
  void clear_takesAtMostSoManySchedules() {
    for (int i = 0; i < 5; i++) {
      ScheduleBuilder plan = add(aSchedule().due(at(10), at(20)));
      plan.occurrences()
          .forEach(
              one ->
                  schedules()
                      .compareAndSetStatus(one.id(), PENDING, new OccurrenceStatus.Cancelled(NOW)));
    }

    assertThat(schedules().purge(at(30), 3)).isEqualTo(3);
    assertThat(schedules().count(EVER)).isEqualTo(4);
    assertThat(schedules().purge(at(30), 3)).isEqualTo(2);
    assertThat(schedules().purge(at(30), 3)).isZero();
  }
}
