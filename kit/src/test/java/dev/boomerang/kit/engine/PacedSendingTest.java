// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.PacedRunStore.PacedRun;
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
class PacedSendingTest {
  private static final Audience.Everyone ALL = Audience.Everyone.all(Optional.empty());
  private static final Duration TICK = Duration.ofMillis(100);

  private final PushFixture engineFixture = new PushFixture();

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private List<Registration> phones(int count) {
    var phones = new ArrayList<Registration>();
    for (int i = 0; i < count; i++) {
      phones.add(engineFixture.register(SHOP, "user" + i));
    }
    return phones;
  }

  private static Push push(Audience audience, SendRate sendRate) {
    return new Push(
        SHOP,
        "",
        audience,
        Content.Notification.of("t", "b"),
        Push.Options.of("test", PushFixture.LIFETIME).pace(Optional.of(sendRate)));
  }

  private Task paced(Audience audience, SendRate sendRate) {
    return engineFixture.accept(push(audience, sendRate));
  }

  private Task perSecond(int messages) {
    return paced(ALL, new SendRate.PerSecond(messages));
  }

  private PacedRun run(Task task) {
    return engineFixture.engine.tasks().view(SHOP, task.id()).orElseThrow().pace().orElseThrow();
  }

  private long released(Task task) {
    return run(task).released();
  }

  /// Lets time pass as the thread does, tick by tick.
  private void pass(Duration time) {
    pass(time, engineFixture.engine);
  }

  private void pass(Duration time, Engine... nodes) {
    for (long ticks = time.dividedBy(TICK); ticks > 0; ticks--) {
      engineFixture.clock.advance(TICK);
      for (Engine node : nodes) {
        node.pacedSending().runOnce();
      }
    }
  }

  private boolean waits(Task task, RegistrationId phone) {
    return engineFixture.engine.devices().mailbox(phone, TaskId.NONE, 10).attempts().stream()
        .anyMatch(deliveryAttempt -> deliveryAttempt.delivery().task().equals(task.id()));
  }

  @Test
  void rates_ofSeveralAtOnce_holdWithinFivePercent() {
    phones(240);
    Map<Task, Double> rates =
        Map.of(
            perSecond(3), 3.0,
            perSecond(20), 20.0,
            paced(ALL, new SendRate.SpreadOver(Duration.ofSeconds(80))), 3.0,
            paced(ALL, new SendRate.SpreadOver(Duration.ofSeconds(30))), 8.0);
    engineFixture.engine.pacedSending().runOnce();

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
              assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.QUEUED, 240));
              assertThat(run(task).running()).isFalse();
            });
    assertThat(engineFixture.engine.pacedSending().running(SHOP)).isZero();
  }

  @Test
  void rateFarAboveTheTicks_isKeptByReleasingManyAtOnce() {
    phones(200);
    Task task = perSecond(100_000);
    Task slower = perSecond(500);
    engineFixture.engine.pacedSending().runOnce();

    pass(TICK);

    assertThat(released(task)).isEqualTo(200);
    assertThat(released(slower)).isEqualTo(50);
    assertThat(engineFixture.counts(slower))
        .isEqualTo(Map.of(DeliveryStatus.QUEUED, 50, DeliveryStatus.PENDING, 150));
  }

  @Test
  void restart_goesOnAtItsPace_withNoBurstAndNoRepetition() {
    List<Registration> phones = phones(100);
    Task task = perSecond(5);
    Task spread = paced(ALL, new SendRate.SpreadOver(Duration.ofSeconds(50)));
    engineFixture.engine.pacedSending().runOnce();
    pass(Duration.ofSeconds(8));
    assertThat(released(task)).isEqualTo(40);
    assertThat(released(spread)).isEqualTo(16);

    engineFixture.restart();
    engineFixture.clock.advance(Duration.ofMinutes(10));
    engineFixture.engine.pacedSending().runOnce();

    assertThat(released(task)).isEqualTo(40);
    assertThat(released(spread)).isEqualTo(16);
    pass(Duration.ofSeconds(4));
    assertThat(released(task)).isEqualTo(60);
    assertThat(released(spread)).isBetween(23L, 24L);
    pass(Duration.ofSeconds(40));
    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.QUEUED, 100));
    for (Registration phone : phones) {
      assertThat(waits(task, phone.id())).isTrue();
    }
    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.SENDING, 100));
  }

  @Test
  void restarts_oneAfterTheOther_loseLessThanATickEach() {
    phones(300);
    Task task = perSecond(10);
    engineFixture.engine.pacedSending().runOnce();

    for (int i = 0; i < 20; i++) {
      pass(Duration.ofSeconds(1));
      engineFixture.restart();
      engineFixture.engine.pacedSending().runOnce();
    }

    assertThat((double) released(task)).isCloseTo(200, within(10.0));
  }

  @Test
  void standstill_doesNotCount() {
    phones(100);
    Task task = perSecond(5);
    engineFixture.engine.pacedSending().runOnce();
    pass(Duration.ofSeconds(2));

    engineFixture.clock.advance(Duration.ofMinutes(5));
    engineFixture.engine.pacedSending().runOnce();

    assertThat(released(task)).isEqualTo(10);
    pass(Duration.ofSeconds(2));
    assertThat(released(task)).isEqualTo(20);
  }

  @Test
  void connectedDevices_areNotServedAtOnce_butNudgedWhenTheyAreReleased() {
    List<Registration> phones = phones(4);
    List<TestDevice> sessions = phones.stream().map(engineFixture::connect).toList();
    Task task = perSecond(1);
    engineFixture.engine.pacedSending().runOnce();

    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.PENDING, 4));
    for (int second = 1; second <= 4; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(sessions.stream().mapToInt(session -> session.mailboxChanges()).sum())
          .isEqualTo(second);
    }
    assertThat(sessions)
        .allMatch(session -> session.received().isEmpty() && session.mailboxChanges() == 1);
    assertThat(phones).allMatch(phone -> waits(task, phone.id()));
  }

  @Test
  void manyReleasedAtOnce_nudgeThoseWhoAreHere() {
    List<Registration> phones = phones(30);
    TestDevice here = engineFixture.connect(phones.get(7));
    TestDevice ofOtherApp = engineFixture.connect(engineFixture.register(BANK, "eve"));
    perSecond(1_000);
    engineFixture.engine.pacedSending().runOnce();

    pass(TICK);

    assertThat(here.mailboxChanges()).isEqualTo(1);
    assertThat(ofOtherApp.mailboxChanges()).isZero();
  }

  @Test
  void audience_isFixedAtAcceptance() {
    Registration ada = engineFixture.register(SHOP, "ada");
    Registration bob = engineFixture.register(SHOP, Optional.of("bob"), Platform.IOS);
    var pace = new SendRate.PerSecond(100);
    Task named =
        paced(
            new Audience.Targeted(
                Audience.TargetKind.USER,
                List.of(Target.of("ada"), Target.of("nobody")),
                Optional.empty()),
            pace);
    Task segment =
        paced(new Audience.BySegment(new Segment.Any(List.of(new Segment.HasUser("bob")))), pace);
    Task ios = paced(Audience.Everyone.all(Optional.of(Platform.IOS)), pace);
    Registration later = engineFixture.register(SHOP, Optional.of("ada"), Platform.IOS);
    engineFixture.engine.pacedSending().runOnce();
    pass(Duration.ofSeconds(1));

    assertThat(takers(named, ada, bob, later)).containsExactly(ada.id());
    assertThat(takers(segment, ada, bob, later)).containsExactly(bob.id());
    assertThat(takers(ios, ada, bob, later)).containsExactly(bob.id());
    var view = engineFixture.engine.tasks().view(SHOP, named.id()).orElseThrow();
    assertThat(view.total()).isEqualTo(2);
    assertThat(named.counts().unmatched()).isEqualTo(1);
  }

  private Set<RegistrationId> takers(Task task, Registration... phones) {
    var takers = new HashSet<RegistrationId>();
    for (Registration phone : phones) {
      if (engineFixture.engine.tasks().delivery(SHOP, task.id(), phone.id()).isPresent()) {
        takers.add(phone.id());
      }
    }
    return takers;
  }

  @Test
  void blockedRegistrations_areNotInTheAudience() {
    Registration blocked = engineFixture.register(SHOP, "ada");
    engineFixture.register(SHOP, "bob");
    engineFixture.engine.registrations().block(blocked.id(), true);
    var targeted =
        new Audience.Targeted(
            Audience.TargetKind.USER, List.of(Target.of("ada")), Optional.empty());

    assertThat(run(perSecond(5)).audience()).isEqualTo(1);
    Task task = paced(targeted, new SendRate.PerSecond(5));
    assertThat(run(task).audience()).isZero();
    assertThat(task.counts().unmatched()).isEqualTo(1);
  }

  @Test
  void pushThatCannotGoAtAPace_isRefused() {
    engineFixture.register(SHOP, "ada");
    var own = new Target("ada", Optional.empty(), Optional.of(Content.Notification.of("t", "own")));
    var withId = new Target("ada", Optional.of("m1"), Optional.empty());
    var pace = new SendRate.PerSecond(5);
    for (Target target : List.of(own, withId)) {
      var audience =
          new Audience.Targeted(Audience.TargetKind.USER, List.of(target), Optional.empty());
      assertThat(engineFixture.engine.submissions().submit(push(audience, pace)))
          .isInstanceOf(SubmitResult.NotForSendRate.class);
    }
    assertThat(
            engineFixture
                .engine
                .submissions()
                .submit(push(new Audience.BySegment(new Segment.HasTag("none")), pace)))
        .isInstanceOf(SubmitResult.NobodyMatches.class);
  }

  @Test
  void recallAndStop_endARun() {
    phones(50);
    Task recalled = perSecond(10);
    Task stopped = perSecond(10);
    engineFixture.engine.pacedSending().runOnce();
    pass(Duration.ofSeconds(2));

    engineFixture.engine.recalls().recall(SHOP, recalled.id(), new Scope.WholeTask(), "test");
    engineFixture.engine.stops().stop(SHOP, stopped.id(), "test");
    pass(Duration.ofSeconds(3));

    assertThat(engineFixture.counts(recalled)).isEqualTo(Map.of(DeliveryStatus.RECALLED, 50));
    assertThat(engineFixture.counts(stopped)).isEqualTo(Map.of(DeliveryStatus.STOPPED, 50));
    assertThat(released(stopped)).isEqualTo(20);
  }

  @Test
  void lifetime_countsFromAcceptance_andEndsWhatIsNotReleased() {
    phones(100);
    Task task = paced(ALL, new SendRate.SpreadOver(PushFixture.LIFETIME.multipliedBy(2)));
    engineFixture.engine.pacedSending().runOnce();
    for (Duration at = Duration.ZERO;
        at.compareTo(PushFixture.LIFETIME) < 0;
        at = at.plusSeconds(4)) {
      engineFixture.clock.advance(Duration.ofSeconds(4));
      engineFixture.engine.pacedSending().runOnce();
    }
    assertThat(released(task)).isBetween(49L, 51L);

    engineFixture.engine.housekeeping().runOnce();

    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.EXPIRED, 100));
    assertThat(run(task).running()).isFalse();
  }

  @Test
  void twoNodes_keepOneRateTogether_andTheOtherGoesOnWhenOneIsGone() {
    phones(200);
    try (Engine other = engineFixture.node(1)) {
      Task task = perSecond(5);
      pass(TICK, engineFixture.engine, other);
      pass(Duration.ofSeconds(10), engineFixture.engine, other);
      assertThat(released(task)).isBetween(49L, 51L);

      pass(Duration.ofSeconds(9), other);
      assertThat(released(task)).isBetween(49L, 51L);
      pass(Duration.ofSeconds(11), other);

      assertThat(released(task)).isBetween(95L, 105L);
    }
  }
}
