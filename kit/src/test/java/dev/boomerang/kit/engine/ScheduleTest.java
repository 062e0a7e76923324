// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.engine.schedule.Schedules.Draft;
import dev.boomerang.engine.schedule.Schedules.Recalled;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.model.schedule.Trigger;
import dev.boomerang.port.ContentReviewer;
import dev.boomerang.port.ScheduleStore.Filter;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
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

  /// 08:00 UTC, the time of [dev.boomerang.kit.fixture.Fixtures#NOW].
  private static final Trigger THREE_DAYS =
      new Trigger.Cyclic(
          LocalDate.parse("2026-01-02"),
          LocalDate.parse("2026-01-04"),
          new Trigger.DayRule.Daily(),
          LocalTime.of(8, 0),
          ZoneId.of("UTC"));

  private final PushFixture engineFixture = new PushFixture();

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private Schedule scheduled(Push push, Trigger trigger) {
    return ((ScheduleResult.Accepted) engineFixture.engine.schedules().schedule(push, trigger))
        .schedule();
  }

  private Schedule once() {
    return scheduled(PushFixture.toUser("ada"), new Trigger.Once(DUE));
  }

  private List<OccurrenceStatus> fates(ScheduleId schedule) {
    return engineFixture.engine.schedules().ofSchedule(SHOP, schedule).stream()
        .map(ScheduledOccurrence::occurrence)
        .map(Occurrence::status)
        .toList();
  }

  private Task fired(OccurrenceStatus occurrenceStatus) {
    TaskId id = ((OccurrenceStatus.Fired) occurrenceStatus).task();
    return engineFixture.engine.tasks().find(SHOP, id).orElseThrow();
  }

  private void passAt(Instant time) {
    engineFixture.clock.advance(Duration.between(engineFixture.clock.instant(), time));
    engineFixture.engine.schedules().runOnce();
  }

  @Test
  void once_firesWhenItIsDue_andOnlyThen_andOnlyOnce() {
    engineFixture.register(SHOP, "ada");
    Schedule schedule = once();
    passAt(DUE.minusMillis(1));
    assertThat(fates(schedule.id())).containsExactly(new OccurrenceStatus.Pending());

    passAt(DUE);
    engineFixture.engine.schedules().runOnce();

    Task task = fired(fates(schedule.id()).getFirst());
    assertThat(fates(schedule.id())).containsExactly(new OccurrenceStatus.Fired(task.id(), DUE));
    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.QUEUED, 1));
    assertThat(task.expiresAt()).isEqualTo(DUE.plus(PushFixture.LIFETIME));
  }

  @Test
  void oneThatFails_holdsNobodyUp_andFiresLater() {
    var broken = new AtomicBoolean();
    ContentReviewer contentReviewer =
        (_, texts) -> {
          if (broken.get() && texts.contains("bad")) {
            throw new IllegalStateException("a fault of ours, for the test");
          }
          return Optional.empty();
        };
    try (var shaky = new PushFixture(contentReviewer)) {
      Push ada = PushFixture.toUser("ada");
      var schedules = shaky.engine.schedules();
      var at = DUE.minusSeconds(1);
      for (String title : List.of("bad", "good")) {
        var content = Content.Notification.of(title, "b");
        schedules.schedule(
            new Push(SHOP, title, ada.audience(), content, ada.options()), new Trigger.Once(at));
        at = DUE;
      }
      broken.set(true);
      shaky.clock.advance(Duration.between(NOW, DUE));

      schedules.runOnce();
      schedules.runOnce();
      assertThat(pushed(schedules)).containsExactly("good");

      broken.set(false);
      schedules.runOnce();
      assertThat(pushed(schedules)).containsExactly("bad", "good");
    }
  }

  private static List<String> pushed(Schedules schedules) {
    return schedules.list(new Filter(SHOP, NOW, DUE.plusSeconds(1)), 0, 10).stream()
        .filter(
            scheduledOccurrence ->
                scheduledOccurrence.occurrence().status() instanceof OccurrenceStatus.Fired)
        .map(scheduledOccurrence -> scheduledOccurrence.schedule().push().name())
        .toList();
  }

  @Test
  void oneThatIsLate_firesWithWhatIsLeftOfItsLifetime_andSaysHowLate() {
    engineFixture.register(SHOP, "ada");
    Schedule schedule = once();
    engineFixture.restart();
    passAt(DUE.plus(Duration.ofMinutes(59)));

    Task task = fired(fates(schedule.id()).getFirst());
    assertThat(fates(schedule.id()).getFirst())
        .isEqualTo(new OccurrenceStatus.Fired(task.id(), DUE.plus(Duration.ofMinutes(59))));
    assertThat(task.expiresAt()).isEqualTo(DUE.plus(PushFixture.LIFETIME));
  }

  @Test
  void oneWhoseLifetimeIsOver_isDropped() {
    Schedule schedule = once();
    passAt(DUE.plus(PushFixture.LIFETIME));

    assertThat(fates(schedule.id()).getFirst()).isInstanceOf(OccurrenceStatus.Dropped.class);
  }

  @Test
  void oneThatAStopInterrupted_isAcceptedOnce() {
    engineFixture.register(SHOP, "ada");
    Schedule schedule = once();
    passAt(DUE);
    OccurrenceStatus fired = fates(schedule.id()).getFirst();
    engineFixture
        .store
        .schedules()
        .compareAndSetStatus(schedule.id(), fired, new OccurrenceStatus.Firing());
    engineFixture.restart();
    passAt(DUE.plus(PushFixture.LIFETIME));

    assertThat(fates(schedule.id())).containsExactly(fired);
  }

  @Test
  void cycle_firesEachTime_eachUnderItsOwnMessageId() {
    engineFixture.register(SHOP, "ada");
    Push plain = PushFixture.toUser("ada");
    Push named =
        new Push(
            plain.app(),
            plain.name(),
            new Audience.Targeted(
                Audience.TargetKind.USER, List.of(Target.of("ada", "m1")), Optional.empty()),
            plain.content(),
            plain.options());
    Schedule schedule = scheduled(named, THREE_DAYS);
    for (int day = 1; day <= 3; day++) {
      passAt(NOW.plus(Duration.ofDays(day)));
    }

    List<ScheduledOccurrence> scheduledOccurrence =
        engineFixture.engine.schedules().ofSchedule(SHOP, schedule.id());
    assertThat(scheduledOccurrence).hasSize(3);
    for (ScheduledOccurrence one : scheduledOccurrence) {
      Task task = fired(one.occurrence().status());
      assertThat(engineFixture.engine.tasks().messages(SHOP, task.id()).getFirst().messageId())
          .contains("m1-" + one.occurrence().id());
    }
  }

  @Test
  void cancelledOnes_doNotFire() {
    Schedule schedule = scheduled(PushFixture.toUser("ada"), THREE_DAYS);
    ScheduleId second =
        engineFixture.engine.schedules().ofSchedule(SHOP, schedule.id()).get(1).occurrence().id();

    assertThat(engineFixture.engine.schedules().cancelOccurrence(BANK, second)).isFalse();
    assertThat(engineFixture.engine.schedules().cancelOccurrence(SHOP, second)).isTrue();
    assertThat(engineFixture.engine.schedules().cancelOccurrence(SHOP, second)).isFalse();
    passAt(NOW.plus(Duration.ofDays(2)));
    assertThat(engineFixture.engine.schedules().cancel(SHOP, schedule.id())).isEqualTo(1);
    passAt(NOW.plus(Duration.ofDays(3)));

    assertThat(fates(schedule.id()))
        .hasExactlyElementsOfTypes(
            OccurrenceStatus.Dropped.class,
            OccurrenceStatus.Cancelled.class,
            OccurrenceStatus.Cancelled.class);
  }

  @Test
  void recall_cancelsWhatIsToCome_andRecallsWhatHasFired() {
    engineFixture.register(SHOP, "ada");
    Schedule schedule = scheduled(PushFixture.toUser("ada"), THREE_DAYS);
    passAt(NOW.plus(Duration.ofDays(1)));

    Recalled recalled =
        engineFixture.engine.schedules().recall(SHOP, schedule.id(), "test").orElseThrow();

    assertThat(recalled.cancelled()).isEqualTo(2);
    assertThat(recalled.fired()).singleElement().isInstanceOf(RecallResult.Active.class);
    assertThat(engineFixture.counts(fired(fates(schedule.id()).getFirst())))
        .isEqualTo(Map.of(DeliveryStatus.RECALLED, 1));
    assertThat(engineFixture.engine.schedules().recall(SHOP, schedule.id(), "test").orElseThrow())
        .satisfies(again -> assertThat(again.cancelled()).isZero());
    assertThat(engineFixture.engine.schedules().recall(BANK, schedule.id(), "test")).isEmpty();
  }

  @Test
  void everyoneWhoIsThereThen_isReached() {
    Schedule schedule =
        scheduled(
            PushFixture.toEveryone(Audience.Everyone.all(Optional.empty())), new Trigger.Once(DUE));
    var phone = engineFixture.register(SHOP, "ada");
    var session = engineFixture.connect(phone);
    passAt(DUE);

    assertThat(session.received())
        .extracting(h -> h.task().id())
        .containsExactly(fired(fates(schedule.id()).getFirst()).id());
  }

  @Test
  void ruleThatReachesBack_doesSoFromEachFiring() {
    var phone = engineFixture.register(SHOP, "ada");
    var session = engineFixture.connect(phone);
    var lastDay =
        new Audience.Everyone(
            Optional.empty(),
            Optional.of(Audience.TimeRange.since(NOW.minus(Duration.ofDays(1)))),
            Optional.empty());
    scheduled(PushFixture.toEveryone(lastDay), THREE_DAYS);
    for (int day = 1; day <= 3; day++) {
      passAt(NOW.plus(Duration.ofDays(day)));
    }

    assertThat(session.received()).hasSize(1);
  }

  @Test
  void plansThatCannotBe_areRefused() {
    var schedules = engineFixture.engine.schedules();
    Push push = PushFixture.toUser("ada");

    assertThat(schedules.schedule(push, new Trigger.Once(NOW.minusMillis(1))))
        .isEqualTo(new ScheduleResult.Past());
    assertThat(schedules.schedule(push, new Trigger.Once(NOW.plus(Duration.ofDays(367)))))
        .isEqualTo(new ScheduleResult.TooFar(Limits.PerApp.DEFAULT.horizon()));
    Push endless =
        new Push(
            SHOP,
            "",
            push.audience(),
            push.content(),
            Push.Options.of("test", Duration.ofDays(31)));
    assertThat(schedules.schedule(endless, new Trigger.Once(DUE)))
        .isEqualTo(
            new ScheduleResult.Refused(new SubmitResult.LifetimeOutOfRange(Duration.ofDays(30))));
  }

  @Test
  void schedulesWithFiringsToCome_areLimited() {
    for (int i = 0; i < 100; i++) {
      once();
    }
    assertThat(
            engineFixture
                .engine
                .schedules()
                .schedule(PushFixture.toUser("ada"), new Trigger.Once(DUE)))
        .isEqualTo(new ScheduleResult.TooMany(100));

    passAt(DUE);
    assertThat(
            engineFixture
                .engine
                .schedules()
                .schedule(PushFixture.toUser("ada"), new Trigger.Once(DUE.plusSeconds(1))))
        .isInstanceOf(ScheduleResult.Accepted.class);
  }

  private Optional<ScheduleResult> replaced(
      ScheduleId id, Push push, Trigger trigger, boolean active) {
    return engineFixture
        .engine
        .schedules()
        .replace(id, new Draft(push, trigger, new DialectDetail("later"), active));
  }

  @Test
  void replacement_keepsWhatFired_andPlansTheRestAnew() {
    TestDevice session = engineFixture.connect(engineFixture.register(SHOP, "bob"));
    Schedule schedule = scheduled(PushFixture.toUser("ada"), THREE_DAYS);
    passAt(Duration.ofDays(1));

    Trigger later =
        new Trigger.Cyclic(
            LocalDate.parse("2026-01-02"),
            LocalDate.parse("2026-01-03"),
            new Trigger.DayRule.Daily(),
            LocalTime.of(9, 0),
            ZoneId.of("UTC"));
    assertThat(replaced(schedule.id(), PushFixture.toUser("bob"), later, true))
        .get()
        .isInstanceOf(ScheduleResult.Accepted.class);

    assertThat(fates(schedule.id())).hasSize(3);
    assertThat(fates(schedule.id()).getFirst()).isInstanceOf(OccurrenceStatus.Fired.class);
    Schedule after = engineFixture.engine.schedules().find(SHOP, schedule.id()).orElseThrow();
    assertThat(after.detail()).isEqualTo(new DialectDetail("later"));
    assertThat(after.createdAt()).isEqualTo(schedule.createdAt());
    assertThat(after.endsAt()).isEqualTo(Instant.parse("2026-01-03T09:00:00Z"));
    passAt(Duration.ofHours(1));
    assertThat(session.received()).hasSize(1);
  }

  @Test
  void replacement_thatIsNotActive_firesNothing_untilOneThatIs() {
    Schedule schedule = scheduled(PushFixture.toUser("ada"), THREE_DAYS);
    replaced(schedule.id(), PushFixture.toUser("ada"), THREE_DAYS, false);
    passAt(Duration.ofDays(1));
    assertThat(fates(schedule.id())).isEmpty();
    assertThat(engineFixture.engine.schedules().listActive(SHOP, "test", 0, 9)).hasSize(1);

    replaced(schedule.id(), PushFixture.toUser("ada"), THREE_DAYS, true);
    passAt(Duration.ofDays(1));

    assertThat(fates(schedule.id())).hasSizeBetween(2, 3);
    assertThat(fates(schedule.id())).anyMatch(OccurrenceStatus.Fired.class::isInstance);
  }

  @Test
  void replacement_ofWhatIsNotThere_orFiredItsOnce_isNone() {
    Schedule once = once();
    assertThat(
            replaced(
                ScheduleId.mint(NOW, new java.security.SecureRandom()),
                PushFixture.toUser("ada"),
                THREE_DAYS,
                true))
        .isEmpty();
    passAt(Duration.ofHours(5));

    assertThat(
            replaced(
                once.id(), PushFixture.toUser("ada"), new Trigger.Once(DUE.plusSeconds(60)), true))
        .contains(new ScheduleResult.Past());
  }

  @Test
  void schedule_ofTheSameKey_isTheFirst() {
    var key = new RequestKey("test", "one");
    var schedules = engineFixture.engine.schedules();

    ScheduleResult first =
        schedules.schedule(
            key, new Draft(PushFixture.toUser("ada"), THREE_DAYS, new DialectDetail("a"), true));
    ScheduleResult second =
        schedules.schedule(
            key, new Draft(PushFixture.toUser("bob"), THREE_DAYS, new DialectDetail("b"), true));

    assertThat(second).isEqualTo(first);
    assertThat(schedules.countActive(SHOP, "test")).isEqualTo(1);
    schedules.schedule(
        new RequestKey("other", "one"),
        new Draft(PushFixture.toUser("bob"), THREE_DAYS, DialectDetail.NONE, true));
    assertThat(schedules.countActive(SHOP, "test")).isEqualTo(2);
  }

  @Test
  void schedule_removed_firesNoMore_andItsTasksStay() {
    Schedule schedule = scheduled(PushFixture.toUser("ada"), THREE_DAYS);
    passAt(Duration.ofDays(1));
    Task task = fired(fates(schedule.id()).getFirst());

    assertThat(engineFixture.engine.schedules().remove(SHOP, schedule.id())).isTrue();
    assertThat(engineFixture.engine.schedules().remove(SHOP, schedule.id())).isFalse();

    passAt(Duration.ofDays(1));
    assertThat(fates(schedule.id())).isEmpty();
    assertThat(engineFixture.engine.tasks().find(SHOP, task.id())).isPresent();
  }

  private void passAt(Duration later) {
    engineFixture.clock.advance(later);
    engineFixture.engine.schedules().runOnce();
  }
}
