// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.EngineFixture;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.lifecycle.DeliveryEvent.Deferred;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeferredDeliveriesTest {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Duration DELAY = Duration.ofMinutes(5);

  private final ManualClock clock = new ManualClock(NOW);
  private final EngineFixture engineFixture = EngineFixture.inMemory(clock).open();
  private Registration phone;

  @BeforeEach
  void register() {
    phone = engineFixture.register(SHOP, Platform.ANDROID, Profile.EMPTY);
  }

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private Task push() {
    var audience =
        new Audience.Targeted(
            Audience.TargetKind.REGISTRATION,
            List.of(Target.of(phone.id().value())),
            Optional.empty());
    return engineFixture.accept(
        new Push(
            SHOP,
            "",
            audience,
            Content.Notification.of("t", "b"),
            Push.Options.of("test", LIFETIME)));
  }

  /// Returns a push that is claimed for the phone, and then deferred as by a channel.
  private Task deferred(Duration delay) {
    Task task = push();
    engineFixture.mailbox(phone);
    var event = new Deferred(clock.instant(), delay);
    assertThat(
            engineFixture
                .store()
                .deliveries()
                .apply(List.of(new Change(new DeliveryId(task.id(), phone.id()), event))))
        .hasOnlyElementsOfType(Moved.class);
    return task;
  }

  private void pass(Duration time) {
    clock.advance(time);
    engineFixture.engine().housekeeping().runOnce();
  }

  @Test
  void deferred_isOfferedAgain_onceItsTimeHasCome_withoutAnybodyAsking() {
    Task task = deferred(DELAY);
    TestDevice device = engineFixture.connect(phone);

    pass(DELAY.minusMillis(1));
    assertThat(device.received()).isEmpty();
    assertThat(device.mailboxChanges()).isZero();
    pass(Duration.ofMillis(1));

    assertThat(device.received())
        .extracting(attempt -> attempt.task().id(), DeliveryAttempt::attempt)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(task.id(), 2));
    assertThat(device.received().getFirst().firstAttempt()).as("it never left").isTrue();
    engineFixture.engine().awaitIdle();
    pass(Duration.ofSeconds(1));
    assertThat(device.mailboxChanges()).as("once").isOne();
    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.DELIVERED, 1));
  }

  @Test
  void deferred_isGivenToADeviceThatComesAfterItsTime_evenBeforeHousekeeping() {
    Task task = deferred(DELAY);
    clock.advance(DELAY);

    assertThat(engineFixture.mailboxTasks(phone)).containsExactly(task.id());
  }

  @Test
  void deferred_outlivesARestart() {
    Task task = deferred(DELAY);
    engineFixture.restart();

    assertThat(engineFixture.mailboxTasks(phone)).isEmpty();
    TestDevice device = engineFixture.connect(phone);
    pass(DELAY);

    assertThat(device.tasks()).containsExactly(task.id());
  }

  @Test
  void deferred_doesNotKeepBackWhatIsBehindIt() {
    Task deferred = deferred(DELAY);
    Task behind = push();
    TestDevice device = engineFixture.connect(phone);

    assertThat(device.tasks()).containsExactly(behind.id());
    pass(DELAY);
    assertThat(device.tasks()).containsExactly(behind.id(), deferred.id());
  }

  @Test
  void moreThanOnePassTakes_areAllReleased() {
    int count = 1_001;
    for (int i = 0; i < count; i++) {
      push();
    }
    engineFixture
        .store()
        .deliveries()
        .apply(
            engineFixture.mailbox(phone).stream()
                .map(attempt -> new Change(attempt.delivery(), new Deferred(NOW, DELAY)))
                .toList());
    engineFixture
        .store()
        .deliveries()
        .apply(
            engineFixture.mailbox(phone).stream()
                .map(attempt -> new Change(attempt.delivery(), new Deferred(NOW, DELAY)))
                .toList());

    pass(DELAY);

    assertThat(engineFixture.store().deliveries().retryDue(clock.instant(), count)).isEmpty();
  }

  @Test
  void recall_preventsTheDeferred() {
    Task task = deferred(DELAY);
    engineFixture.engine().recalls().recall(SHOP, task.id(), new Recall.Scope.WholeTask(), "test");

    assertNeverSent(task, DeliveryStatus.RECALLED);
  }

  @Test
  void withdrawalOfAllThatAPhoneHas_preventsTheDeferredToo() {
    Task task = deferred(DELAY);

    assertThat(engineFixture.engine().recalls().withdrawAll(SHOP, phone.id(), "test")).isOne();
    assertNeverSent(task, DeliveryStatus.RECALLED);
  }

  @Test
  void stop_keepsTheDeferredBack() {
    Task task = deferred(DELAY);
    engineFixture.engine().stops().stop(SHOP, task.id(), "test");

    assertNeverSent(task, DeliveryStatus.STOPPED);
  }

  @Test
  void lifetime_endsTheDeferred() {
    Task task = deferred(LIFETIME.multipliedBy(2));
    pass(LIFETIME);

    assertNeverSent(task, DeliveryStatus.EXPIRED);
  }

  @Test
  void lifetimeAndDeferral_overInOnePass_areExpiry() {
    Task task = deferred(DELAY);
    pass(LIFETIME);

    assertNeverSent(task, DeliveryStatus.EXPIRED);
  }

  @Test
  void registrationThatLeaves_endsTheDeferred() {
    Task task = deferred(DELAY);
    engineFixture.engine().registrations().unregister(phone.id());

    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(DeliveryStatus.FAILED, 1));
  }

  private void assertNeverSent(Task task, DeliveryStatus status) {
    TestDevice device = engineFixture.connect(phone);
    pass(DELAY);

    assertThat(device.received()).isEmpty();
    assertThat(device.withdrawn()).isEmpty();
    assertThat(engineFixture.counts(task)).isEqualTo(Map.of(status, 1));
  }
}
