// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Limits;
import dev.boomerang.engine.RecallOutcome;
import dev.boomerang.engine.Schedules;
import dev.boomerang.engine.Schedules.Draft;
import dev.boomerang.engine.Schedules.Recalled;
import dev.boomerang.engine.Schedules.Scheduling;
import dev.boomerang.engine.Submission;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Plan;
import dev.boomerang.model.Push;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleDetail;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Reviewer;
import dev.boomerang.port.ScheduleStore.Filter;
import dev.boomerang.port.ScheduleStore.Planned;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pushes to come.
class ScheduleTest {
  private static final Instant DUE = NOW.plus(Duration.ofHours(5));

  /// 08:00 UTC, the time of [dev.boomerang.kit.Given#NOW].
  private static final Plan THREE_DAYS =
      new Plan.Cyclic(
          LocalDate.parse("2026-01-02"),
          LocalDate.parse("2026-01-04"),
          new Plan.Every.Day(),
          LocalTime.of(8, 0),
          ZoneId.of("UTC"));

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  private Schedule scheduled(Push push, Plan plan) {
    return ((Scheduling.Accepted) house.engine.schedules().schedule(push, plan)).schedule();
  }

  private Schedule once() {
    return scheduled(House.toUser("ada"), new Plan.Once(DUE));
  }

  private List<Fate> fates(ScheduleId schedule) {
    return house.engine.schedules().ofSchedule(SHOP, schedule).stream()
        .map(Planned::occurrence)
        .map(Occurrence::fate)
        .toList();
  }

  private Task fired(Fate fate) {
    TaskId id = ((Fate.Fired) fate).task();
    return house.engine.tasks().find(SHOP, id).orElseThrow();
  }

  private void passAt(Instant time) {
    house.clock.advance(Duration.between(house.clock.instant(), time));
    house.engine.schedules().pass();
  }

  @Test
  void once_firesWhenItIsDue_andOnlyThen_andOnlyOnce() {
    house.phone(SHOP, "ada");
    Schedule schedule = once();
    passAt(DUE.minusMillis(1));
    assertThat(fates(schedule.id())).containsExactly(new Fate.Pending());

    passAt(DUE);
    house.engine.schedules().pass();

    Task task = fired(fates(schedule.id()).getFirst());
    assertThat(fates(schedule.id())).containsExactly(new Fate.Fired(task.id(), DUE));
    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.QUEUED, 1));
    assertThat(task.expiresAt()).isEqualTo(DUE.plus(House.LIFETIME));
  }

  @Test
  void oneThatFails_holdsNobodyUp_andFiresLater() {
    var broken = new AtomicBoolean();
    Reviewer reviewer =
        (_, texts) -> {
          if (broken.get() && texts.contains("bad")) {
            throw new IllegalStateException("a fault of ours, for the test");
          }
          return Optional.empty();
        };
    try (var shaky = new House(reviewer)) {
      Push ada = House.toUser("ada");
      var schedules = shaky.engine.schedules();
      var at = DUE.minusSeconds(1);
      for (String title : List.of("bad", "good")) {
        var content = Content.Notification.of(title, "b");
        schedules.schedule(
            new Push(SHOP, title, ada.audience(), content, ada.options()), new Plan.Once(at));
        at = DUE;
      }
      broken.set(true);
      shaky.clock.advance(Duration.between(NOW, DUE));

      schedules.pass();
      schedules.pass();
      assertThat(pushed(schedules)).containsExactly("good");

      broken.set(false);
      schedules.pass();
      assertThat(pushed(schedules)).containsExactly("bad", "good");
    }
  }

  private static List<String> pushed(Schedules schedules) {
    return schedules.list(new Filter(SHOP, NOW, DUE.plusSeconds(1)), 0, 10).stream()
        .filter(planned -> planned.occurrence().fate() instanceof Fate.Fired)
        .map(planned -> planned.schedule().push().name())
        .toList();
  }

  @Test
  void oneThatIsLate_firesWithWhatIsLeftOfItsLifetime_andSaysHowLate() {
    house.phone(SHOP, "ada");
    Schedule schedule = once();
    house.restart();
    passAt(DUE.plus(Duration.ofMinutes(59)));

    Task task = fired(fates(schedule.id()).getFirst());
    assertThat(fates(schedule.id()).getFirst())
        .isEqualTo(new Fate.Fired(task.id(), DUE.plus(Duration.ofMinutes(59))));
    assertThat(task.expiresAt()).isEqualTo(DUE.plus(House.LIFETIME));
  }

  @Test
  void oneWhoseLifetimeIsOver_isDropped() {
    Schedule schedule = once();
    passAt(DUE.plus(House.LIFETIME));

    assertThat(fates(schedule.id()).getFirst()).isInstanceOf(Fate.Dropped.class);
  }

  @Test
  void oneThatAStopInterrupted_isAcceptedOnce() {
    house.phone(SHOP, "ada");
    Schedule schedule = once();
    passAt(DUE);
    Fate fired = fates(schedule.id()).getFirst();
    house.store.schedules().move(schedule.id(), fired, new Fate.Firing());
    house.restart();
    passAt(DUE.plus(House.LIFETIME));

    assertThat(fates(schedule.id())).containsExactly(fired);
  }

  @Test
  void cycle_firesEachTime_eachUnderItsOwnMessageId() {
    house.phone(SHOP, "ada");
    Push plain = House.toUser("ada");
    Push named =
        new Push(
            plain.app(),
            plain.name(),
            new Audience.Named(Audience.By.USER, List.of(Target.of("ada", "m1")), Optional.empty()),
            plain.content(),
            plain.options());
    Schedule schedule = scheduled(named, THREE_DAYS);
    for (int day = 1; day <= 3; day++) {
      passAt(NOW.plus(Duration.ofDays(day)));
    }

    List<Planned> planned = house.engine.schedules().ofSchedule(SHOP, schedule.id());
    assertThat(planned).hasSize(3);
    for (Planned one : planned) {
      Task task = fired(one.occurrence().fate());
      assertThat(house.engine.tasks().messages(SHOP, task.id()).getFirst().messageId())
          .contains("m1-" + one.occurrence().id());
    }
  }

  @Test
  void cancelledOnes_doNotFire() {
    Schedule schedule = scheduled(House.toUser("ada"), THREE_DAYS);
    ScheduleId second =
        house.engine.schedules().ofSchedule(SHOP, schedule.id()).get(1).occurrence().id();

    assertThat(house.engine.schedules().cancelOccurrence(BANK, second)).isFalse();
    assertThat(house.engine.schedules().cancelOccurrence(SHOP, second)).isTrue();
    assertThat(house.engine.schedules().cancelOccurrence(SHOP, second)).isFalse();
    passAt(NOW.plus(Duration.ofDays(2)));
    assertThat(house.engine.schedules().cancel(SHOP, schedule.id())).isEqualTo(1);
    passAt(NOW.plus(Duration.ofDays(3)));

    assertThat(fates(schedule.id()))
        .hasExactlyElementsOfTypes(Fate.Dropped.class, Fate.Cancelled.class, Fate.Cancelled.class);
  }

  @Test
  void recall_cancelsWhatIsToCome_andRecallsWhatHasFired() {
    house.phone(SHOP, "ada");
    Schedule schedule = scheduled(House.toUser("ada"), THREE_DAYS);
    passAt(NOW.plus(Duration.ofDays(1)));

    Recalled recalled = house.engine.schedules().recall(SHOP, schedule.id(), "test").orElseThrow();

    assertThat(recalled.cancelled()).isEqualTo(2);
    assertThat(recalled.fired()).singleElement().isInstanceOf(RecallOutcome.Standing.class);
    assertThat(house.counts(fired(fates(schedule.id()).getFirst())))
        .isEqualTo(Map.of(Phase.RECALLED, 1));
    assertThat(house.engine.schedules().recall(SHOP, schedule.id(), "test").orElseThrow())
        .satisfies(again -> assertThat(again.cancelled()).isZero());
    assertThat(house.engine.schedules().recall(BANK, schedule.id(), "test")).isEmpty();
  }

  @Test
  void everyoneWhoIsThereThen_isReached() {
    Schedule schedule =
        scheduled(House.toEveryone(Audience.Everyone.all(Optional.empty())), new Plan.Once(DUE));
    var phone = house.phone(SHOP, "ada");
    var session = house.connect(phone);
    passAt(DUE);

    assertThat(session.offered)
        .extracting(h -> h.task().id())
        .containsExactly(fired(fates(schedule.id()).getFirst()).id());
  }

  @Test
  void ruleThatReachesBack_doesSoFromEachFiring() {
    var phone = house.phone(SHOP, "ada");
    var session = house.connect(phone);
    var lastDay =
        new Audience.Everyone(
            Optional.empty(),
            Optional.of(Audience.Window.since(NOW.minus(Duration.ofDays(1)))),
            Optional.empty());
    scheduled(House.toEveryone(lastDay), THREE_DAYS);
    for (int day = 1; day <= 3; day++) {
      passAt(NOW.plus(Duration.ofDays(day)));
    }

    assertThat(session.offered).hasSize(1);
  }

  @Test
  void plansThatCannotBe_areRefused() {
    var schedules = house.engine.schedules();
    Push push = House.toUser("ada");

    assertThat(schedules.schedule(push, new Plan.Once(NOW.minusMillis(1))))
        .isEqualTo(new Scheduling.Past());
    assertThat(schedules.schedule(push, new Plan.Once(NOW.plus(Duration.ofDays(367)))))
        .isEqualTo(new Scheduling.TooFar(Limits.PerApp.DEFAULT.horizon()));
    Push endless =
        new Push(
            SHOP,
            "",
            push.audience(),
            push.content(),
            Push.Options.of("test", Duration.ofDays(31)));
    assertThat(schedules.schedule(endless, new Plan.Once(DUE)))
        .isEqualTo(new Scheduling.Refused(new Submission.LifetimeOutOfRange(Duration.ofDays(30))));
  }

  @Test
  void schedulesWithFiringsToCome_areLimited() {
    for (int i = 0; i < 100; i++) {
      once();
    }
    assertThat(house.engine.schedules().schedule(House.toUser("ada"), new Plan.Once(DUE)))
        .isEqualTo(new Scheduling.TooMany(100));

    passAt(DUE);
    assertThat(
            house
                .engine
                .schedules()
                .schedule(House.toUser("ada"), new Plan.Once(DUE.plusSeconds(1))))
        .isInstanceOf(Scheduling.Accepted.class);
  }

  private Optional<Scheduling> replaced(ScheduleId id, Push push, Plan plan, boolean active) {
    return house
        .engine
        .schedules()
        .replace(id, new Draft(push, plan, new ScheduleDetail.Cancelled(), active));
  }

  @Test
  void replacement_keepsWhatFired_andPlansTheRestAnew() {
    House.Session session = house.connect(house.phone(SHOP, "bob"));
    Schedule schedule = scheduled(House.toUser("ada"), THREE_DAYS);
    passAt(Duration.ofDays(1));

    Plan later =
        new Plan.Cyclic(
            LocalDate.parse("2026-01-02"),
            LocalDate.parse("2026-01-03"),
            new Plan.Every.Day(),
            LocalTime.of(9, 0),
            ZoneId.of("UTC"));
    assertThat(replaced(schedule.id(), House.toUser("bob"), later, true))
        .get()
        .isInstanceOf(Scheduling.Accepted.class);

    assertThat(fates(schedule.id())).hasSize(3);
    assertThat(fates(schedule.id()).getFirst()).isInstanceOf(Fate.Fired.class);
    Schedule after = house.engine.schedules().find(SHOP, schedule.id()).orElseThrow();
    assertThat(after.detail()).isEqualTo(new ScheduleDetail.Cancelled());
    assertThat(after.createdAt()).isEqualTo(schedule.createdAt());
    assertThat(after.endsAt()).isEqualTo(Instant.parse("2026-01-03T09:00:00Z"));
    passAt(Duration.ofHours(1));
    assertThat(session.offered).hasSize(1);
  }

  @Test
  void replacement_thatIsNotActive_firesNothing_untilOneThatIs() {
    Schedule schedule = scheduled(House.toUser("ada"), THREE_DAYS);
    replaced(schedule.id(), House.toUser("ada"), THREE_DAYS, false);
    passAt(Duration.ofDays(1));
    assertThat(fates(schedule.id())).isEmpty();
    assertThat(house.engine.schedules().live(SHOP, "test", 0, 9)).hasSize(1);

    replaced(schedule.id(), House.toUser("ada"), THREE_DAYS, true);
    passAt(Duration.ofDays(1));

    assertThat(fates(schedule.id())).hasSizeBetween(2, 3);
    assertThat(fates(schedule.id())).anyMatch(Fate.Fired.class::isInstance);
  }

  @Test
  void replacement_ofWhatIsNotThere_orFiredItsOnce_isNone() {
    Schedule once = once();
    assertThat(
            replaced(
                ScheduleId.mint(NOW, new java.security.SecureRandom()),
                House.toUser("ada"),
                THREE_DAYS,
                true))
        .isEmpty();
    passAt(Duration.ofHours(5));

    assertThat(replaced(once.id(), House.toUser("ada"), new Plan.Once(DUE.plusSeconds(60)), true))
        .contains(new Scheduling.Past());
  }

  @Test
  void schedule_ofTheSameKey_isTheFirst() {
    var key = new RequestKey("test", "one");
    var schedules = house.engine.schedules();

    Scheduling first =
        schedules.schedule(
            key, new Draft(House.toUser("ada"), THREE_DAYS, new ScheduleDetail.Given("a"), true));
    Scheduling second =
        schedules.schedule(
            key, new Draft(House.toUser("bob"), THREE_DAYS, new ScheduleDetail.Given("b"), true));

    assertThat(second).isEqualTo(first);
    assertThat(schedules.countLive(SHOP, "test")).isEqualTo(1);
    schedules.schedule(
        new RequestKey("other", "one"),
        new Draft(House.toUser("bob"), THREE_DAYS, ScheduleDetail.NONE, true));
    assertThat(schedules.countLive(SHOP, "test")).isEqualTo(2);
  }

  @Test
  void schedule_removed_firesNoMore_andItsTasksStay() {
    Schedule schedule = scheduled(House.toUser("ada"), THREE_DAYS);
    passAt(Duration.ofDays(1));
    Task task = fired(fates(schedule.id()).getFirst());

    assertThat(house.engine.schedules().remove(SHOP, schedule.id())).isTrue();
    assertThat(house.engine.schedules().remove(SHOP, schedule.id())).isFalse();

    passAt(Duration.ofDays(1));
    assertThat(fates(schedule.id())).isEmpty();
    assertThat(house.engine.tasks().find(SHOP, task.id())).isPresent();
  }

  private void passAt(Duration later) {
    house.clock.advance(later);
    house.engine.schedules().pass();
  }
}
