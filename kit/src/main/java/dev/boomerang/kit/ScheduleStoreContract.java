// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static dev.boomerang.kit.Given.aPlan;
import static dev.boomerang.kit.Given.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Push;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleDetail;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.model.Source;
import dev.boomerang.model.SourceDetail;
import dev.boomerang.model.Target;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.ScheduleStore.Filter;
import dev.boomerang.port.ScheduleStore.Live;
import dev.boomerang.port.ScheduleStore.Planned;
import dev.boomerang.port.ScheduleStore.Replaced;
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

public abstract class ScheduleStoreContract extends StoreContract {
  private static final int MANY = 1_000;
  private static final Fate PENDING = new Fate.Pending();
  private static final Fate FIRING = new Fate.Firing();
  private static final Filter EVER = new Filter(SHOP, NOW, NOW.plus(Duration.ofDays(365)));

  private ScheduleStore schedules() {
    return store().schedules();
  }

  private static Instant at(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  private PlanBuilder add(PlanBuilder plan) {
    assertThat(schedules().add(plan.schedule(), plan.occurrences(), MANY)).isTrue();
    return plan;
  }

  private Fate fate(ScheduleId occurrence) {
    return schedules().occurrence(SHOP, occurrence).orElseThrow().occurrence().fate();
  }

  @Test
  void schedule_added_isFoundWithItsOccurrencesInOrder() {
    PlanBuilder plan = add(aPlan().due(at(30), at(10), at(20)));

    assertThat(schedules().find(SHOP, plan.schedule().id())).contains(plan.schedule());
    assertThat(schedules().ofSchedule(SHOP, plan.schedule().id()))
        .containsExactly(plan.planned(1), plan.planned(2), plan.planned(0));
    assertThat(schedules().occurrence(SHOP, plan.id(2))).contains(plan.planned(2));
  }

  @Test
  void scheduleThatFiresOnce_isFoundByTheOneId() {
    PlanBuilder plan = add(aPlan().once(at(10)));

    assertThat(plan.id(0)).isEqualTo(plan.schedule().id());
    assertThat(schedules().find(SHOP, plan.id(0))).contains(plan.schedule());
    assertThat(schedules().occurrence(SHOP, plan.id(0))).contains(plan.planned(0));
  }

  @Test
  void schedule_neverAdded_isNotFound() {
    ScheduleId id = aPlan().schedule().id();

    assertThat(schedules().find(SHOP, id)).isEmpty();
    assertThat(schedules().ofSchedule(SHOP, id)).isEmpty();
    assertThat(schedules().occurrence(SHOP, id)).isEmpty();
    assertThat(schedules().move(id, PENDING, FIRING)).isFalse();
    assertThat(schedules().due(at(1_000), MANY)).isEmpty();
    assertThat(schedules().count(EVER)).isZero();
  }

  @Test
  void push_ofASchedule_comesBackWhole() {
    var own = Optional.<Content>of(new Content.DataMessage("{}", Map.of("k", "v")));
    var targets = List.of(Target.of("ada", "m"), new Target("bob", Optional.empty(), own));
    var named = new Audience.Named(Audience.By.ALIAS, targets, Optional.empty());
    var source =
        new Source("kit", Source.Kind.MULTIPLE, Optional.of("welcome"))
            .with(
                new SourceDetail.Getui(
                    SourceDetail.Getui.Call.APP,
                    Optional.of(new SourceDetail.Revocation("RASA_1", false))));
    var push =
        new Push(
            SHOP,
            "spring",
            named,
            Content.Notification.of("标题", "b"),
            Push.Options.of(source, Duration.ofHours(3)));

    PlanBuilder plan = add(aPlan().pushing(push).once(at(10)));

    assertThat(schedules().due(at(10), MANY)).extracting(it -> it.schedule().push()).contains(push);
    assertThat(schedules().find(SHOP, plan.schedule().id())).contains(plan.schedule());
  }

  static List<ScheduleDetail> details() {
    return List.of(
        ScheduleDetail.NONE,
        new ScheduleDetail.Prepared(false),
        new ScheduleDetail.Prepared(true),
        new ScheduleDetail.Cancelled(),
        new ScheduleDetail.Launched(aTaskId()),
        new ScheduleDetail.Given(""),
        new ScheduleDetail.Given("{\"name\":\"标题 \\\"😀\"}"));
  }

  @ParameterizedTest
  @MethodSource("details")
  void detail_ofEachKind_comesBackAsItWas(ScheduleDetail detail) {
    PlanBuilder plan = add(aPlan().detailed(detail).once(at(10)));

    assertThat(schedules().find(SHOP, plan.schedule().id())).map(Schedule::detail).contains(detail);
  }

  static List<Fate> fates() {
    return List.of(
        PENDING,
        FIRING,
        new Fate.Fired(aTaskId(), at(11)),
        new Fate.Cancelled(at(12)),
        new Fate.Dropped(at(13), "its lifetime was over"),
        new Fate.Dropped(at(13), ""));
  }

  @ParameterizedTest
  @MethodSource("fates")
  void fate_ofEachKind_isMovedToAndFrom(Fate fate) {
    PlanBuilder plan = add(aPlan().once(at(10)));

    assertThat(schedules().move(plan.id(0), PENDING, fate)).isTrue();
    assertThat(fate(plan.id(0))).isEqualTo(fate);

    assertThat(schedules().move(plan.id(0), fate, new Fate.Cancelled(at(99)))).isTrue();
    assertThat(fate(plan.id(0))).isEqualTo(new Fate.Cancelled(at(99)));
  }

  @Test
  void move_fromAnotherFate_changesNothing() {
    PlanBuilder plan = add(aPlan().due(at(10), at(20)));
    var fired = new Fate.Fired(aTaskId(), at(10));
    schedules().move(plan.id(0), PENDING, fired);

    assertThat(schedules().move(plan.id(0), PENDING, FIRING)).isFalse();
    assertThat(schedules().move(plan.id(0), new Fate.Fired(aTaskId(), at(10)), FIRING)).isFalse();
    assertThat(schedules().move(plan.id(1), FIRING, fired)).isFalse();

    assertThat(fate(plan.id(0))).isEqualTo(fired);
    assertThat(fate(plan.id(1))).isEqualTo(PENDING);
  }

  @Test
  void fiftyRacersForOneOccurrence_haveOneWinner() {
    PlanBuilder plan = add(aPlan().due(at(10), at(20)));

    var won = Race.among(50, _ -> schedules().move(plan.id(0), PENDING, FIRING));

    assertThat(Collections.frequency(won, true)).isEqualTo(1);
    assertThat(fate(plan.id(0))).isEqualTo(FIRING);
    assertThat(fate(plan.id(1))).isEqualTo(PENDING);
  }

  @Test
  void racersToFireAndToCancelManyAtOnce_haveOneWinnerEach() {
    PlanBuilder plan = add(aPlan().due(IntStream.range(0, 20).mapToObj(i -> at(i)).toList()));
    var order = plan.occurrences().stream().map(Occurrence::id).toList();

    var won =
        Race.among(
            10,
            i -> {
              Fate to = i % 2 == 0 ? FIRING : new Fate.Cancelled(at(i));
              var mine = new ArrayList<>(i % 2 == 0 ? order : order.reversed());
              mine.removeIf(id -> !schedules().move(id, PENDING, to));
              return mine;
            });

    assertThat(won.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(order);
  }

  @Test
  void due_listsTheLongestOverdueFirst_ofAllApps() {
    PlanBuilder shop = add(aPlan().due(at(30), at(10), at(40)));
    PlanBuilder bank = add(aPlan().of(BANK).once(at(20)));

    assertThat(schedules().due(at(9), MANY)).isEmpty();
    assertThat(schedules().due(at(10), MANY)).containsExactly(shop.planned(1));
    assertThat(schedules().due(at(30), MANY))
        .containsExactly(shop.planned(1), bank.planned(0), shop.planned(0));
    assertThat(schedules().due(at(30), 2)).containsExactly(shop.planned(1), bank.planned(0));
  }

  @Test
  void due_listsWhatIsFiringAgain_andNothingThatIsDone() {
    PlanBuilder plan = add(aPlan().due(at(1), at(2), at(3), at(4), at(5)));
    schedules().move(plan.id(0), PENDING, new Fate.Fired(aTaskId(), at(1)));
    schedules().move(plan.id(1), PENDING, FIRING);
    schedules().move(plan.id(2), PENDING, new Fate.Cancelled(at(1)));
    schedules().move(plan.id(3), PENDING, new Fate.Dropped(at(4), "late"));

    assertThat(schedules().due(at(9), MANY))
        .containsExactly(plan.planned(1, FIRING), plan.planned(4));
  }

  @Test
  void list_pagesWhatIsDueInTheSpan_inOrder() {
    PlanBuilder plan = add(aPlan().due(at(50), at(10), at(30), at(20), at(30), at(60)));
    add(aPlan().of(BANK).due(at(30)));
    var span = new Filter(SHOP, at(20), at(60));

    List<Planned> all = schedules().list(span, 0, MANY);
    var pages = new ArrayList<Planned>();
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
    PlanBuilder plan = add(aPlan().due(at(10), at(20)));
    schedules().move(plan.id(0), PENDING, new Fate.Cancelled(at(1)));

    assertThat(schedules().list(EVER, 0, MANY))
        .containsExactly(plan.planned(0, new Fate.Cancelled(at(1))), plan.planned(1));
    assertThat(schedules().count(EVER)).isEqualTo(2);
  }

  @Test
  void schedules_ofAnotherApp_areNotSeen() {
    PlanBuilder plan = add(aPlan().once(at(10)));

    assertThat(schedules().find(BANK, plan.id(0))).isEmpty();
    assertThat(schedules().ofSchedule(BANK, plan.id(0))).isEmpty();
    assertThat(schedules().occurrence(BANK, plan.id(0))).isEmpty();
    assertThat(schedules().list(new Filter(BANK, NOW, at(99)), 0, MANY)).isEmpty();
  }

  @Test
  void add_beyondTheLimit_storesNothing() {
    PlanBuilder first = add(aPlan().due(at(10), at(20)));
    PlanBuilder second = aPlan().due(at(30), at(40));

    assertThat(schedules().add(second.schedule(), second.occurrences(), 1)).isFalse();

    assertThat(schedules().find(SHOP, second.schedule().id())).isEmpty();
    assertThat(schedules().count(EVER)).isEqualTo(2);
    PlanBuilder bank = aPlan().of(BANK).due(at(30));
    assertThat(schedules().add(bank.schedule(), bank.occurrences(), 1)).isTrue();
    assertThat(schedules().find(SHOP, first.schedule().id())).isPresent();
  }

  @Test
  void limit_countsSchedulesWithAPendingOccurrenceOnly() {
    PlanBuilder first = add(aPlan().due(at(10), at(20)));
    PlanBuilder second = aPlan().due(at(30));
    schedules().move(first.id(0), PENDING, FIRING);
    assertThat(schedules().add(second.schedule(), second.occurrences(), 1)).isFalse();

    schedules().move(first.id(1), PENDING, new Fate.Cancelled(NOW));

    assertThat(schedules().add(second.schedule(), second.occurrences(), 1)).isTrue();
  }

  @Test
  void fiftyRacersForTheLastPlaces_getNoMoreThanThereAre() {
    var plans =
        IntStream.range(0, 50)
            .mapToObj(i -> aPlan().of(i % 2 == 0 ? SHOP : BANK).due(at(10), at(20)))
            .toList();

    var added =
        Race.among(
            50, i -> schedules().add(plans.get(i).schedule(), plans.get(i).occurrences(), 7));

    assertThat(Collections.frequency(added, true)).isEqualTo(14);
    assertThat(schedules().count(EVER)).isEqualTo(14);
    assertThat(schedules().count(new Filter(BANK, NOW, at(99)))).isEqualTo(14);
  }

  private List<Fate> fates(PlanBuilder plan) {
    return schedules().ofSchedule(SHOP, plan.schedule().id()).stream()
        .map(planned -> planned.occurrence().fate())
        .toList();
  }

  @Test
  void replacement_takesThePlaceOfWhatIsPending_andOfNothingElse() {
    PlanBuilder before =
        add(aPlan().detailed(new ScheduleDetail.Prepared(false)).due(at(10), at(20), at(30)));
    PlanBuilder other = add(aPlan().due(at(10)));
    var fired = new Fate.Fired(aTaskId(), at(10));
    schedules().move(before.id(0), PENDING, fired);
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
            old.id(),
            SHOP,
            push,
            true,
            old.createdAt(),
            at(50),
            new ScheduleDetail.Launched(aTaskId()));
    var planned = List.of(new Occurrence(Given.aScheduleId(), old.id(), at(50), PENDING));

    assertThat(schedules().replace(after, planned, MANY)).isEqualTo(Replaced.DONE);

    assertThat(schedules().find(SHOP, old.id())).contains(after);
    assertThat(schedules().ofSchedule(SHOP, old.id()))
        .containsExactly(
            new Planned(after, before.occurrences().get(0).with(fired)),
            new Planned(after, planned.getFirst()));
    assertThat(schedules().occurrence(SHOP, before.id(1))).isEmpty();
    assertThat(fates(other)).containsExactly(PENDING);
    assertThat(schedules().due(at(99), MANY))
        .extracting(one -> one.occurrence().id())
        .containsExactly(other.id(0), planned.getFirst().id());
  }

  @Test
  void replacement_ofOneThatFiresOnce_mayHaveTheSameId() {
    PlanBuilder before = add(aPlan().once(at(10)));
    ScheduleId id = before.schedule().id();
    var planned = List.of(new Occurrence(id, id, at(50), PENDING));

    assertThat(schedules().replace(before.schedule(), planned, MANY)).isEqualTo(Replaced.DONE);

    assertThat(schedules().due(at(49), MANY)).isEmpty();
    assertThat(schedules().occurrence(SHOP, id))
        .contains(new Planned(before.schedule(), planned.getFirst()));
  }

  @Test
  void replacement_withoutOccurrences_suspends() {
    PlanBuilder plan = add(aPlan().due(at(10), at(20)));
    schedules().move(plan.id(0), PENDING, FIRING);

    assertThat(schedules().replace(plan.schedule(), List.of(), 0)).isEqualTo(Replaced.DONE);

    assertThat(fates(plan)).containsExactly(FIRING);
    assertThat(schedules().find(SHOP, plan.schedule().id())).isPresent();
  }

  @Test
  void replacement_ofWhatIsNotThere_changesNothing() {
    PlanBuilder never = aPlan().due(at(10));
    PlanBuilder ofTheBank = aPlan().of(BANK).due(at(10));
    add(ofTheBank);
    Schedule bank = ofTheBank.schedule();
    var stolen =
        new Schedule(
            bank.id(), SHOP, never.schedule().push(), true, NOW, bank.endsAt(), bank.detail());

    assertThat(schedules().replace(never.schedule(), never.occurrences(), MANY))
        .isEqualTo(Replaced.GONE);
    assertThat(schedules().replace(stolen, List.of(), MANY)).isEqualTo(Replaced.GONE);

    assertThat(schedules().find(SHOP, never.schedule().id())).isEmpty();
    assertThat(schedules().count(EVER)).isZero();
    assertThat(schedules().ofSchedule(BANK, bank.id())).hasSize(1);
  }

  @Test
  void limit_concernsAReplacementThatHadNothingPending() {
    add(aPlan().due(at(10)));
    PlanBuilder plan = add(aPlan().due(at(10)));
    assertThat(schedules().replace(plan.schedule(), plan.occurrences(), 2))
        .isEqualTo(Replaced.DONE);
    schedules().replace(plan.schedule(), List.of(), 2);

    assertThat(schedules().replace(plan.schedule(), plan.occurrences(), 1))
        .isEqualTo(Replaced.TOO_MANY);
    assertThat(fates(plan)).isEmpty();
    assertThat(schedules().replace(plan.schedule(), plan.occurrences(), 2))
        .isEqualTo(Replaced.DONE);
  }

  @Test
  void schedule_removed_isGoneWithItsOccurrences() {
    PlanBuilder gone = add(aPlan().due(at(10), at(20)));
    PlanBuilder stays = add(aPlan().due(at(10)));

    assertThat(schedules().remove(BANK, gone.schedule().id())).isFalse();
    assertThat(schedules().remove(SHOP, gone.schedule().id())).isTrue();
    assertThat(schedules().remove(SHOP, gone.schedule().id())).isFalse();

    assertThat(schedules().find(SHOP, gone.schedule().id())).isEmpty();
    assertThat(schedules().ofSchedule(SHOP, gone.schedule().id())).isEmpty();
    assertThat(schedules().occurrence(SHOP, gone.id(0))).isEmpty();
    assertThat(schedules().count(EVER)).isEqualTo(1);
    assertThat(fates(stays)).containsExactly(PENDING);
  }

  @Test
  void live_areThoseOfTheAppAndOriginThatEndLater_theOldestFirst() {
    PlanBuilder first = add(aPlan().detailed(new ScheduleDetail.Given("{}")).due(at(90), at(10)));
    PlanBuilder second = add(aPlan().due(at(91)));
    PlanBuilder third = add(aPlan().due(at(92)));
    add(aPlan().due(at(50)));
    add(aPlan().of(BANK).due(at(90)));
    schedules().replace(third.schedule(), List.of(), MANY);
    var live = new Live(SHOP, "kit", at(50));

    assertThat(schedules().live(live, 0, MANY))
        .containsExactly(first.schedule(), second.schedule(), third.schedule());
    assertThat(schedules().live(live, 1, 1)).containsExactly(second.schedule());
    assertThat(schedules().live(live, 3, 1)).isEmpty();
    assertThat(schedules().count(live)).isEqualTo(3);
    assertThat(schedules().count(new Live(SHOP, "other", at(50)))).isZero();
    assertThat(schedules().count(new Live(SHOP, "kit", at(91)))).isEqualTo(1);
  }

  @Test
  void clear_takesSchedulesThatAreOverAndDone() {
    PlanBuilder done = add(aPlan().due(at(10), at(20)));
    PlanBuilder ahead = add(aPlan().due(at(10), at(90)));
    PlanBuilder pending = add(aPlan().due(at(10)));
    PlanBuilder firing = add(aPlan().due(at(10)));
    PlanBuilder atTheLimit = add(aPlan().due(at(50)));
    var over = new Fate.Cancelled(NOW);
    for (PlanBuilder plan : List.of(done, ahead, atTheLimit)) {
      plan.occurrences().forEach(one -> schedules().move(one.id(), PENDING, over));
    }
    schedules().move(firing.id(0), PENDING, FIRING);

    assertThat(schedules().clear(at(50), MANY)).isEqualTo(1);

    assertThat(schedules().find(SHOP, done.schedule().id())).isEmpty();
    assertThat(schedules().occurrence(SHOP, done.id(0))).isEmpty();
    for (PlanBuilder kept : List.of(ahead, pending, firing, atTheLimit)) {
      assertThat(schedules().find(SHOP, kept.schedule().id())).contains(kept.schedule());
      assertThat(schedules().ofSchedule(SHOP, kept.schedule().id()))
          .hasSameSizeAs(kept.occurrences());
    }
  }

  @Test
  void clear_takesASuspendedSchedule_onceItsLastFiringWouldBeOver() {
    PlanBuilder ended = add(aPlan().due(at(10), at(20)));
    PlanBuilder ahead = add(aPlan().due(at(10), at(90)));
    for (PlanBuilder plan : List.of(ended, ahead)) {
      assertThat(schedules().replace(plan.schedule(), List.of(), MANY)).isEqualTo(Replaced.DONE);
    }

    assertThat(schedules().clear(at(50), MANY)).isEqualTo(1);

    assertThat(schedules().find(SHOP, ended.schedule().id())).isEmpty();
    assertThat(schedules().find(SHOP, ahead.schedule().id())).contains(ahead.schedule());
    assertThat(schedules().clear(at(91), MANY)).isEqualTo(1);
    assertThat(schedules().find(SHOP, ahead.schedule().id())).isEmpty();
  }

  @Test
  void clear_ofAReplacedSchedule_goesByItsNewEnd() {
    PlanBuilder longer = add(aPlan().due(at(10)));
    PlanBuilder shorter = add(aPlan().due(at(90)));
    replace(longer, at(90));
    replace(shorter, at(10));

    assertThat(schedules().clear(at(50), MANY)).isEqualTo(1);

    assertThat(schedules().find(SHOP, longer.schedule().id())).isPresent();
    assertThat(schedules().find(SHOP, shorter.schedule().id())).isEmpty();
  }

  /// By one that ends then, and is suspended.
  private void replace(PlanBuilder plan, Instant end) {
    Schedule was = plan.schedule();
    var changed =
        new Schedule(
            was.id(), was.app(), was.push(), was.cyclic(), was.createdAt(), end, was.detail());
    assertThat(schedules().replace(changed, List.of(), MANY)).isEqualTo(Replaced.DONE);
  }

  @Test
  void clear_takesAtMostSoManySchedules() {
    for (int i = 0; i < 5; i++) {
      PlanBuilder plan = add(aPlan().due(at(10), at(20)));
      plan.occurrences()
          .forEach(one -> schedules().move(one.id(), PENDING, new Fate.Cancelled(NOW)));
    }

    assertThat(schedules().clear(at(30), 3)).isEqualTo(3);
    assertThat(schedules().count(EVER)).isEqualTo(4);
    assertThat(schedules().clear(at(30), 3)).isEqualTo(2);
    assertThat(schedules().clear(at(30), 3)).isZero();
  }
}
