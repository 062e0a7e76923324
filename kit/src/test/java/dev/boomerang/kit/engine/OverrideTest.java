// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.accept.SubmitResult.NothingToReplace;
import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.engine.recall.RecallResult.Active;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Trigger;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pushes that take earlier ones' places, as the engine does them.
class OverrideTest {
  private static final Duration WINDOW = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofDays(3);

  private final PushFixture engineFixture = new PushFixture();
  private final Registration ada = engineFixture.register(SHOP, "ada");

  @AfterEach
  void close() {
    engineFixture.close();
  }

  private static Push push(
      AppId app, Content content, Map<Platform, OverrideTarget> overrideTarget) {
    var audience =
        new Audience.Targeted(
            Audience.TargetKind.USER, List.of(Target.of("ada")), Optional.empty());
    var options = Push.Options.of("test", LIFETIME).replacing(overrideTarget);
    return new Push(app, "", audience, content, options);
  }

  private static Push push(Map<Platform, OverrideTarget> overrideTarget) {
    return push(SHOP, Content.Notification.of("t", "b"), overrideTarget);
  }

  private static Map<Platform, OverrideTarget> everywhere(OverrideTarget overrideTarget) {
    Map<Platform, OverrideTarget> all = new EnumMap<>(Platform.class);
    for (Platform platform : Platform.values()) {
      all.put(platform, overrideTarget);
    }
    return all;
  }

  private static Push over(Task earlier) {
    return push(everywhere(new OverrideTarget.EarlierTask(earlier.id(), WINDOW)));
  }

  private Task first() {
    return engineFixture.accept(push(Map.of()));
  }

  private List<TaskId> mailbox() {
    return engineFixture.engine.devices().mailbox(ada.id(), TaskId.NONE, 10).attempts().stream()
        .map(deliveryAttempt -> deliveryAttempt.task().id())
        .toList();
  }

  @Test
  void waiting_theOlderIsNeverDelivered() {
    Task older = first();
    Task newer = engineFixture.accept(over(older));

    assertThat(mailbox()).containsExactly(newer.id());
    assertThat(engineFixture.counts(older)).isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 1));
  }

  @Test
  void chain_isReplacedAsOne_whicheverOfItIsNamed() {
    Task first = first();
    Task second = engineFixture.accept(over(first));
    Task third = engineFixture.accept(over(second));
    Task fourth = engineFixture.accept(over(first));

    assertThat(mailbox()).containsExactly(fourth.id());
    assertThat(engineFixture.counts(third)).isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 1));
    assertThat(third.collapseKey(Platform.ANDROID)).isEqualTo(CollapseKey.of(first.id()));
  }

  @Test
  void onTheDevice_theNewerNamesItsSlot_andTheDeviceSaysWhatItDid() {
    var session = engineFixture.connect(ada);
    Task older = first();
    engineFixture.engine.devices().acknowledged(new DeliveryId(older.id(), ada.id()));
    engineFixture.engine.awaitIdle();
    Task newer = engineFixture.accept(over(older));

    DeliveryAttempt deliveryAttempt = session.received().getLast();
    assertThat(deliveryAttempt.collapseKey()).contains(CollapseKey.of(older.id()));
    assertThat(engineFixture.counts(older)).isEqualTo(Map.of(DeliveryStatus.DELIVERED, 1));
    var replaced =
        new Receipt(new DeliveryId(older.id(), ada.id()), Receipt.Event.REPLACED, NOW, newer.id());
    engineFixture.engine.devices().receipts(ada.id(), List.of(replaced));
    assertThat(engineFixture.counts(older)).isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 1));
  }

  @Test
  void onItsWay_theOlderIsHeldBackAtTheFence() {
    var session = engineFixture.connect(ada);
    Task older = first();
    DeliveryId id = session.received().getFirst().delivery();

    engineFixture.accept(over(older));

    assertThat(engineFixture.engine.devices().fence().pass(id, () -> {})).isFalse();
    engineFixture.engine.devices().notSent(id, 1);
    engineFixture.engine.awaitIdle();
    assertThat(engineFixture.counts(older)).isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 1));
  }

  @Test
  void unknownForeignOrTooOld_isRefused_andNothingIsSent() {
    Task older = first();
    engineFixture.register(BANK, "ada");
    SubmitResult foreign =
        engineFixture
            .engine
            .submissions()
            .submit(
                push(
                    BANK,
                    Content.Notification.of("t", "b"),
                    everywhere(new OverrideTarget.EarlierTask(older.id(), WINDOW))));
    SubmitResult unknown =
        engineFixture
            .engine
            .submissions()
            .submit(push(everywhere(new OverrideTarget.EarlierTask(new TaskId(7), WINDOW))));
    engineFixture.clock.advance(WINDOW.plusMillis(1));
    SubmitResult late = engineFixture.engine.submissions().submit(over(older));

    assertThat(List.of(foreign, unknown, late)).allMatch(NothingToReplace.class::isInstance);
    assertThat(mailbox()).containsExactly(older.id());
  }

  @Test
  void recallOfTheOlder_leavesTheNewer_andCountsWhatWasSpared() {
    Task older = first();
    Task newer = engineFixture.accept(over(older));

    var recall =
        (Active)
            engineFixture.engine.recalls().recall(SHOP, older.id(), new Scope.WholeTask(), "test");

    assertThat(recall.report().count(Part.PREVENTED)).isEqualTo(1);
    assertThat(mailbox()).containsExactly(newer.id());
  }

  @Test
  void recalledOlder_canBeReplaced_andTheNewerIsShownAsNew() {
    Task older = first();
    engineFixture.engine.recalls().recall(SHOP, older.id(), new Scope.WholeTask(), "test");

    Task newer = engineFixture.accept(over(older));

    assertThat(mailbox()).containsExactly(newer.id());
    assertThat(engineFixture.counts(older)).isEqualTo(Map.of(DeliveryStatus.RECALLED, 1));
  }

  @Test
  void recallOfTheNewer_doesNotBringTheOlderBack() {
    Task older = first();
    Task newer = engineFixture.accept(over(older));

    engineFixture.engine.recalls().recall(SHOP, newer.id(), new Scope.WholeTask(), "test");

    assertThat(mailbox()).isEmpty();
  }

  @Test
  void named_slots_areByPlatform() {
    Map<Platform, OverrideTarget> ios = Map.of(Platform.IOS, new OverrideTarget.Key("score"));
    Task one = engineFixture.accept(push(ios));
    Task two = engineFixture.accept(push(ios));

    assertThat(mailbox()).containsExactly(one.id(), two.id());
    Registration apple = engineFixture.register(SHOP, Optional.of("ada"), Platform.IOS);
    engineFixture.accept(push(ios));
    Task last = engineFixture.accept(push(ios));
    assertThat(engineFixture.engine.devices().mailbox(apple.id(), TaskId.NONE, 10).attempts())
        .extracting(deliveryAttempt -> deliveryAttempt.task().id())
        .containsExactly(last.id());
  }

  @Test
  void schedule_looksForTheEarlierWhenItFires() {
    Task older = first();
    Instants due = new Instants(engineFixture);
    engineFixture
        .engine
        .schedules()
        .schedule(over(older), new Trigger.Once(due.in(Duration.ofHours(1))));
    var tooLate =
        (ScheduleResult.Accepted)
            engineFixture
                .engine
                .schedules()
                .schedule(over(older), new Trigger.Once(due.in(Duration.ofHours(30))));

    engineFixture.clock.advance(Duration.ofHours(1));
    engineFixture.engine.schedules().runOnce();
    assertThat(engineFixture.counts(older)).isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 1));
    assertThat(mailbox()).hasSize(1);

    engineFixture.clock.advance(Duration.ofHours(29));
    engineFixture.engine.schedules().runOnce();
    assertThat(
            engineFixture
                .engine
                .schedules()
                .ofSchedule(SHOP, tooLate.schedule().id())
                .getFirst()
                .occurrence()
                .status())
        .isInstanceOf(OccurrenceStatus.Dropped.class);
  }

  private record Instants(PushFixture engineFixture) {
    Instant in(Duration ahead) {
      return engineFixture.clock.instant().plus(ahead);
    }
  }

  @Test
  void segment_ofFew_isRows_ofMany_isStoredOnce_andNobodyIsRefused() {
    engineFixture.register(SHOP, "bob");
    var options = Push.Options.of("test", LIFETIME);
    var content = Content.Notification.of("t", "b");
    Segment android = new Segment.OnPlatform(Platform.ANDROID);
    Task few =
        engineFixture.accept(new Push(SHOP, "", new Audience.BySegment(android), content, options));

    assertThat(few.source().kind()).isEqualTo(Source.Kind.MULTIPLE);
    assertThat(few.counts().deliveries()).isEqualTo(2);
    assertThat(engineFixture.engine.registrations().count(SHOP, android)).isEqualTo(2);
    for (int i = 0; i < 1_000; i++) {
      engineFixture.register(SHOP, "user" + i);
    }
    Task many =
        engineFixture.accept(new Push(SHOP, "", new Audience.BySegment(android), content, options));
    Registration late = engineFixture.register(SHOP, "late");

    assertThat(many.isBroadcast()).isTrue();
    assertThat(mailbox()).containsExactly(few.id(), many.id());
    assertThat(engineFixture.engine.devices().mailbox(late.id(), TaskId.NONE, 10).attempts())
        .isEmpty();
    assertThat(
            engineFixture
                .engine
                .submissions()
                .submit(
                    new Push(
                        SHOP,
                        "",
                        new Audience.BySegment(new Segment.HasTag("none")),
                        content,
                        options)))
        .isInstanceOf(SubmitResult.NobodyMatches.class);
  }

  @Test
  void content_isThatOfTheDevicesPlatform() {
    Registration apple = engineFixture.register(SHOP, Optional.of("ada"), Platform.IOS);
    Content.DataMessage data = new Content.DataMessage("d", Map.of());
    Content ios = Content.Notification.of("for ios", "");
    Content rest =
        new Content.NotificationWithData(Content.Notification.of("for the rest", ""), data);
    engineFixture.accept(
        push(SHOP, new Content.PerPlatform(rest, Map.of(Platform.IOS, ios)), Map.of()));

    assertThat(
            engineFixture
                .engine
                .devices()
                .mailbox(apple.id(), TaskId.NONE, 10)
                .attempts()
                .getFirst()
                .content())
        .isEqualTo(ios);
    assertThat(
            engineFixture
                .engine
                .devices()
                .mailbox(ada.id(), TaskId.NONE, 10)
                .attempts()
                .getFirst()
                .content())
        .isEqualTo(rest);
  }
}
