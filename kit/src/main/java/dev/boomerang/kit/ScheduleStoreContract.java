// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Audience.Window;
import dev.boomerang.model.Content;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.model.Source;
import dev.boomerang.model.Target;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.ScheduleStore;
import dev.boomerang.port.ScheduleStore.Filter;
import dev.boomerang.port.ScheduleStore.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [ScheduleStore] keeps to.
public abstract class ScheduleStoreContract extends StoreContract {
  private static final int MANY = 1_000;
  private static final Fate PENDING = new Fate.Pending();
  private static final Fate FIRING = new Fate.Firing();

  private ScheduleStore schedules() {
    return store().schedules();
  }

  private static ScheduleId id() {
    return ScheduleId.mint(NOW, ThreadLocalRandom.current());
  }

  private static Push push(AppId app, Audience audience, Push.Options options) {
    return new Push(app, "名 name", audience, Content.Notification.of("t", "b"), options);
  }

  private static Push push(AppId app) {
    var audience =
        new Audience.Named(Audience.By.USER, List.of(Target.of("ada")), Optional.empty());
    return push(app, audience, Push.Options.of("kit", Duration.ofHours(1)));
  }

  private static Occurrence occurrence(Schedule schedule, Instant dueAt) {
    return new Occurrence(id(), schedule.id(), dueAt, PENDING);
  }

  /// Due at these hours after [Given#NOW].
  private List<Planned> added(AppId app, int... hours) {
    var schedule = new Schedule(id(), app, push(app), hours.length > 1, NOW);
    List<Occurrence> occurrences =
        IntStream.of(hours)
            .mapToObj(hour -> occurrence(schedule, NOW.plus(Duration.ofHours(hour))))
            .toList();
    assertThat(schedules().add(schedule, occurrences, MANY)).isTrue();
    return occurrences.stream().map(each -> new Planned(schedule, each)).toList();
  }

  private void move(Planned planned, Fate from, Fate to) {
    assertThat(schedules().move(planned.occurrence().id(), from, to)).isTrue();
  }

  private static Instant hours(int hours) {
    return NOW.plus(Duration.ofHours(hours));
  }

  static Stream<Push> pushes() {
    var own = Content.Notification.of("own", "");
    var named =
        new Audience.Named(
            Audience.By.DEVICE,
            List.of(
                Target.of("a"),
                Target.of("b", "m1"),
                new Target("c", Optional.of("m2"), Optional.of(own))),
            Optional.of(Platform.HARMONY));
    var rule =
        new Audience.Everyone(
            Optional.of(Platform.IOS),
            Optional.of(new Window(NOW, NOW.plusMillis(5))),
            Optional.empty());
    var everything =
        new Push.Options(
            new Source("mpaas", Source.Kind.BROADCAST, Optional.of("模板")),
            Duration.ofMillis(90_061_001),
            Optional.of(new RequestKey("scope", "key")),
            Optional.of("message"),
            Map.of("hint", "{\"a\": 1}"));
    return Stream.of(
        push(SHOP, named, Push.Options.of("kit", Duration.ofSeconds(1))),
        push(SHOP, rule, everything),
        push(SHOP, Audience.Everyone.all(Optional.empty()), everything),
        new Push(
            SHOP,
            "",
            rule,
            new Content.DataMessage("{}", Map.of("a", "b")),
            Push.Options.of("kit", Duration.ofDays(30))));
  }

  @ParameterizedTest
  @MethodSource("pushes")
  void push_ofEachKind_comesBackAsItWas(Push push) {
    var schedule = new Schedule(id(), SHOP, push, false, NOW.plusMillis(3));
    schedules().add(schedule, List.of(occurrence(schedule, NOW)), MANY);

    assertThat(schedules().find(SHOP, schedule.id())).contains(schedule);
  }

  @Test
  void occurrences_areFoundByScheduleAndById_ofTheirAppOnly() {
    List<Planned> planned = added(SHOP, 1, 2, 3);
    ScheduleId schedule = planned.getFirst().schedule().id();
    ScheduleId second = planned.get(1).occurrence().id();

    assertThat(schedules().ofSchedule(SHOP, schedule)).isEqualTo(planned);
    assertThat(schedules().occurrence(SHOP, second)).contains(planned.get(1));
    assertThat(schedules().find(BANK, schedule)).isEmpty();
    assertThat(schedules().ofSchedule(BANK, schedule)).isEmpty();
    assertThat(schedules().occurrence(BANK, second)).isEmpty();
  }

  @Test
  void due_hasWhatIsOpen_longestOverdueFirst() {
    List<Planned> planned = added(SHOP, 5, 1, 3, 2, 9);
    added(BANK, 9);
    move(planned.get(1), PENDING, FIRING);
    move(planned.get(3), PENDING, new Fate.Cancelled(NOW));

    assertThat(schedules().due(hours(5), MANY))
        .containsExactly(
            new Planned(planned.get(1).schedule(), planned.get(1).occurrence().with(FIRING)),
            planned.get(2),
            planned.get(0));
    assertThat(schedules().due(hours(5), 1)).hasSize(1);
    assertThat(schedules().due(hours(0), MANY)).isEmpty();
  }

  @Test
  void list_isInTheOrderOfTime_pageByPage_withinTheSpan() {
    List<Planned> late = added(SHOP, 4, 6);
    List<Planned> early = added(SHOP, 1, 5);
    added(BANK, 4);
    var filter = new Filter(SHOP, hours(4), hours(6));

    assertThat(schedules().list(filter, 0, MANY)).containsExactly(late.get(0), early.get(1));
    assertThat(schedules().list(filter, 1, 1)).containsExactly(early.get(1));
    assertThat(schedules().count(filter)).isEqualTo(2);
  }

  @Test
  void fates_comeBackAsTheyWere() {
    for (Fate fate :
        List.of(
            FIRING,
            new Fate.Fired(new TaskId(TaskId.LIMIT - 1), NOW.plusMillis(7)),
            new Fate.Cancelled(NOW),
            new Fate.Dropped(NOW, ""),
            new Fate.Dropped(NOW, "payload of 9 bytes, 太长"))) {
      Planned planned = added(SHOP, 1).getFirst();
      move(planned, PENDING, fate);

      assertThat(schedules().occurrence(SHOP, planned.occurrence().id()))
          .contains(new Planned(planned.schedule(), planned.occurrence().with(fate)));
      assertThat(schedules().move(planned.occurrence().id(), PENDING, FIRING)).isFalse();
    }
  }

  @Test
  void oneOfFiftyRacers_moves() {
    ScheduleId id = added(SHOP, 1).getFirst().occurrence().id();

    assertThat(Race.among(50, _ -> schedules().move(id, PENDING, FIRING)))
        .filteredOn(Boolean::booleanValue)
        .hasSize(1);
  }

  @Test
  void schedulesWithPendingOccurrences_areLimited_alsoForRacers() {
    List<Boolean> added =
        Race.among(
            50,
            _ -> {
              var schedule = new Schedule(id(), SHOP, push(SHOP), true, NOW);
              return schedules()
                  .add(
                      schedule,
                      List.of(occurrence(schedule, hours(1)), occurrence(schedule, hours(2))),
                      10);
            });
    assertThat(added).filteredOn(Boolean::booleanValue).hasSize(10);
    assertThat(schedules().count(new Filter(SHOP, NOW, hours(9)))).isEqualTo(20);

    Planned some = schedules().due(hours(1), 1).getFirst();
    schedules()
        .ofSchedule(SHOP, some.schedule().id())
        .forEach(each -> move(each, PENDING, new Fate.Cancelled(NOW)));
    var next = new Schedule(id(), SHOP, push(SHOP), false, NOW);
    assertThat(schedules().add(next, List.of(occurrence(next, hours(1))), 10)).isTrue();
  }

  @Test
  void clear_takesWhatIsOver() {
    Planned over = added(SHOP, 1).getFirst();
    move(over, PENDING, new Fate.Cancelled(NOW));
    Planned open = added(SHOP, 1).getFirst();
    List<Planned> partly = added(SHOP, 1, 5);
    move(partly.get(0), PENDING, new Fate.Cancelled(NOW));
    move(partly.get(1), PENDING, new Fate.Cancelled(NOW));

    assertThat(schedules().clear(hours(2), MANY)).isEqualTo(1);

    assertThat(schedules().find(SHOP, over.schedule().id())).isEmpty();
    assertThat(schedules().occurrence(SHOP, over.occurrence().id())).isEmpty();
    assertThat(schedules().find(SHOP, open.schedule().id())).isPresent();
    assertThat(schedules().find(SHOP, partly.get(0).schedule().id())).isPresent();
  }
}
