// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.Submission;
import dev.boomerang.kit.engine.House.Session;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.PaceStore.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Paced pushes under a clock that the test holds.
class PacingTest {
  private static final Audience.Everyone ALL = Audience.Everyone.all(Optional.empty());
  private static final Duration TICK = Duration.ofMillis(100);

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  private List<Registration> phones(int count) {
    var phones = new ArrayList<Registration>();
    for (int i = 0; i < count; i++) {
      phones.add(house.phone(SHOP, "user" + i));
    }
    return phones;
  }

  private static Push push(Audience audience, Pace pace) {
    return new Push(
        SHOP,
        "",
        audience,
        Content.Notification.of("t", "b"),
        Push.Options.of("test", House.LIFETIME).pace(Optional.of(pace)));
  }

  private Task paced(Audience audience, Pace pace) {
    return house.accepted(push(audience, pace));
  }

  private Task perSecond(int messages) {
    return paced(ALL, new Pace.PerSecond(messages));
  }

  private Run run(Task task) {
    return house.engine.tasks().view(SHOP, task.id()).orElseThrow().pace().orElseThrow();
  }

  private long released(Task task) {
    return run(task).released();
  }

  /// Lets time pass as the thread does, tick by tick.
  private void pass(Duration time) {
    pass(time, house.engine);
  }

  private void pass(Duration time, Engine... nodes) {
    for (long ticks = time.dividedBy(TICK); ticks > 0; ticks--) {
      house.clock.advance(TICK);
      for (Engine node : nodes) {
        node.pacing().pass();
      }
    }
  }

  private boolean waits(Task task, RegistrationId phone) {
    return house.engine.devices().mailbox(phone, TaskId.NONE, 10).handovers().stream()
        .anyMatch(handover -> handover.delivery().task().equals(task.id()));
  }

  @Test
  void rates_ofSeveralAtOnce_holdWithinFivePercent() {
    phones(240);
    Map<Task, Double> rates =
        Map.of(
            perSecond(3), 3.0,
            perSecond(20), 20.0,
            paced(ALL, new Pace.Over(Duration.ofSeconds(80))), 3.0,
            paced(ALL, new Pace.Over(Duration.ofSeconds(30))), 8.0);
    house.engine.pacing().pass();

    for (int second = 1; second <= 90; second++) {
      pass(Duration.ofSeconds(1));
      int now = second;
      rates.forEach(
          (task, rate) -> {
            double due = Math.min(240, rate * now);
            assertThat((double) released(task)).isCloseTo(due, within(Math.max(1, due * 0.05)));
          });
    }

    rates
        .keySet()
        .forEach(
            task -> {
              assertThat(house.counts(task)).isEqualTo(Map.of(Phase.QUEUED, 240));
              assertThat(run(task).running()).isFalse();
            });
    assertThat(house.engine.pacing().running(SHOP)).isZero();
  }

  @Test
  void rateFarAboveTheTicks_isKeptByReleasingManyAtOnce() {
    phones(200);
    Task task = perSecond(100_000);
    Task slower = perSecond(500);
    house.engine.pacing().pass();

    pass(TICK);

    assertThat(released(task)).isEqualTo(200);
    assertThat(released(slower)).isEqualTo(50);
    assertThat(house.counts(slower)).isEqualTo(Map.of(Phase.QUEUED, 50, Phase.PENDING, 150));
  }

  @Test
  void restart_goesOnAtItsPace_withNoBurstAndNoRepetition() {
    List<Registration> phones = phones(100);
    Task task = perSecond(5);
    Task spread = paced(ALL, new Pace.Over(Duration.ofSeconds(50)));
    house.engine.pacing().pass();
    pass(Duration.ofSeconds(8));
    assertThat(released(task)).isEqualTo(40);
    assertThat(released(spread)).isEqualTo(16);

    house.restart();
    house.clock.advance(Duration.ofMinutes(10));
    house.engine.pacing().pass();

    assertThat(released(task)).isEqualTo(40);
    assertThat(released(spread)).isEqualTo(16);
    pass(Duration.ofSeconds(4));
    assertThat(released(task)).isEqualTo(60);
    assertThat(released(spread)).isBetween(23L, 24L);
    pass(Duration.ofSeconds(40));
    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.QUEUED, 100));
    for (Registration phone : phones) {
      assertThat(waits(task, phone.id())).isTrue();
    }
    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.SENDING, 100));
  }

  @Test
  void restarts_oneAfterTheOther_loseLessThanATickEach() {
    phones(300);
    Task task = perSecond(10);
    house.engine.pacing().pass();

    for (int i = 0; i < 20; i++) {
      pass(Duration.ofSeconds(1));
      house.restart();
      house.engine.pacing().pass();
    }

    assertThat((double) released(task)).isCloseTo(200, within(10.0));
  }

  @Test
  void standstill_doesNotCount() {
    phones(100);
    Task task = perSecond(5);
    house.engine.pacing().pass();
    pass(Duration.ofSeconds(2));

    house.clock.advance(Duration.ofMinutes(5));
    house.engine.pacing().pass();

    assertThat(released(task)).isEqualTo(10);
    pass(Duration.ofSeconds(2));
    assertThat(released(task)).isEqualTo(20);
  }

  @Test
  void connectedDevices_areNotServedAtOnce_butNudgedWhenTheyAreReleased() {
    List<Registration> phones = phones(4);
    List<Session> sessions = phones.stream().map(house::connect).toList();
    Task task = perSecond(1);
    house.engine.pacing().pass();

    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.PENDING, 4));
    for (int second = 1; second <= 4; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(sessions.stream().mapToInt(session -> session.nudges).sum()).isEqualTo(second);
    }
    assertThat(sessions).allMatch(session -> session.offered.isEmpty() && session.nudges == 1);
    assertThat(phones).allMatch(phone -> waits(task, phone.id()));
  }

  @Test
  void manyReleasedAtOnce_nudgeThoseWhoAreHere() {
    List<Registration> phones = phones(30);
    Session here = house.connect(phones.get(7));
    Session stranger = house.connect(house.phone(BANK, "eve"));
    perSecond(1_000);
    house.engine.pacing().pass();

    pass(TICK);

    assertThat(here.nudges).isEqualTo(1);
    assertThat(stranger.nudges).isZero();
  }

  @Test
  void audience_isFixedAtAcceptance() {
    Registration ada = house.phone(SHOP, "ada");
    Registration bob = house.phone(SHOP, Optional.of("bob"), Platform.IOS);
    var pace = new Pace.PerSecond(100);
    Task named =
        paced(
            new Audience.Named(
                Audience.By.USER, List.of(Target.of("ada"), Target.of("nobody")), Optional.empty()),
            pace);
    Task segment =
        paced(new Audience.Matching(new Segment.Any(List.of(new Segment.OfUser("bob")))), pace);
    Task ios = paced(Audience.Everyone.all(Optional.of(Platform.IOS)), pace);
    Registration later = house.phone(SHOP, Optional.of("ada"), Platform.IOS);
    house.engine.pacing().pass();
    pass(Duration.ofSeconds(1));

    assertThat(takers(named, ada, bob, later)).containsExactly(ada.id());
    assertThat(takers(segment, ada, bob, later)).containsExactly(bob.id());
    assertThat(takers(ios, ada, bob, later)).containsExactly(bob.id());
    var view = house.engine.tasks().view(SHOP, named.id()).orElseThrow();
    assertThat(view.total()).isEqualTo(2);
    assertThat(named.reached().unreached()).isEqualTo(1);
  }

  private Set<RegistrationId> takers(Task task, Registration... phones) {
    var takers = new HashSet<RegistrationId>();
    for (Registration phone : phones) {
      if (house.engine.tasks().delivery(SHOP, task.id(), phone.id()).isPresent()) {
        takers.add(phone.id());
      }
    }
    return takers;
  }

  @Test
  void blockedRegistrations_areNotInTheAudience() {
    Registration blocked = house.phone(SHOP, "ada");
    house.phone(SHOP, "bob");
    house.engine.registrations().block(blocked.id(), true);
    var named = new Audience.Named(Audience.By.USER, List.of(Target.of("ada")), Optional.empty());

    assertThat(run(perSecond(5)).audience()).isEqualTo(1);
    Task task = paced(named, new Pace.PerSecond(5));
    assertThat(run(task).audience()).isZero();
    assertThat(task.reached().unreached()).isEqualTo(1);
  }

  @Test
  void pushThatCannotGoAtAPace_isRefused() {
    house.phone(SHOP, "ada");
    var own = new Target("ada", Optional.empty(), Optional.of(Content.Notification.of("t", "own")));
    var withId = new Target("ada", Optional.of("m1"), Optional.empty());
    var pace = new Pace.PerSecond(5);
    for (Target target : List.of(own, withId)) {
      var audience = new Audience.Named(Audience.By.USER, List.of(target), Optional.empty());
      assertThat(house.engine.submissions().submit(push(audience, pace)))
          .isInstanceOf(Submission.NotForPace.class);
    }
    assertThat(
            house
                .engine
                .submissions()
                .submit(push(new Audience.Matching(new Segment.Tagged("none")), pace)))
        .isInstanceOf(Submission.NobodyMatches.class);
  }

  @Test
  void recallAndStop_endARun() {
    phones(50);
    Task recalled = perSecond(10);
    Task stopped = perSecond(10);
    house.engine.pacing().pass();
    pass(Duration.ofSeconds(2));

    house.engine.recalls().recall(SHOP, recalled.id(), new Scope.WholeTask(), "test");
    house.engine.stops().stop(SHOP, stopped.id(), "test");
    pass(Duration.ofSeconds(3));

    assertThat(house.counts(recalled)).isEqualTo(Map.of(Phase.RECALLED, 50));
    assertThat(house.counts(stopped)).isEqualTo(Map.of(Phase.STOPPED, 50));
    assertThat(released(stopped)).isEqualTo(20);
  }

  @Test
  void lifetime_countsFromAcceptance_andEndsWhatIsNotReleased() {
    phones(100);
    Task task = paced(ALL, new Pace.Over(House.LIFETIME.multipliedBy(2)));
    house.engine.pacing().pass();
    for (Duration at = Duration.ZERO; at.compareTo(House.LIFETIME) < 0; at = at.plusSeconds(4)) {
      house.clock.advance(Duration.ofSeconds(4));
      house.engine.pacing().pass();
    }
    assertThat(released(task)).isBetween(49L, 51L);

    house.engine.housekeeping().pass();

    assertThat(house.counts(task)).isEqualTo(Map.of(Phase.EXPIRED, 100));
    assertThat(run(task).running()).isFalse();
  }

  @Test
  void twoNodes_keepOneRateTogether_andTheOtherGoesOnWhenOneIsGone() {
    phones(200);
    try (Engine other = house.node(1)) {
      Task task = perSecond(5);
      pass(TICK, house.engine, other);
      pass(Duration.ofSeconds(10), house.engine, other);
      assertThat(released(task)).isBetween(49L, 51L);

      pass(Duration.ofSeconds(9), other);
      assertThat(released(task)).isBetween(49L, 51L);
      pass(Duration.ofSeconds(11), other);

      assertThat(released(task)).isBetween(95L, 105L);
    }
  }
}
