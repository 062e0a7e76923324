// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.RecallOutcome.Standing;
import dev.boomerang.engine.RecallReport.Part;
import dev.boomerang.engine.Schedules.Scheduling;
import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Submission.NothingToReplace;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Plan;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Receipt;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Replacing;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Source;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment.Handover;
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

  private final House house = new House();
  private final Registration ada = house.phone(SHOP, "ada");

  @AfterEach
  void close() {
    house.close();
  }

  private static Push push(AppId app, Content content, Map<Platform, Replacing> replacing) {
    var audience =
        new Audience.Named(Audience.By.USER, List.of(Target.of("ada")), Optional.empty());
    var options = Push.Options.of("test", LIFETIME).replacing(replacing);
    return new Push(app, "", audience, content, options);
  }

  private static Push push(Map<Platform, Replacing> replacing) {
    return push(SHOP, Content.Notification.of("t", "b"), replacing);
  }

  private static Map<Platform, Replacing> everywhere(Replacing replacing) {
    Map<Platform, Replacing> all = new EnumMap<>(Platform.class);
    for (Platform platform : Platform.values()) {
      all.put(platform, replacing);
    }
    return all;
  }

  private static Push over(Task earlier) {
    return push(everywhere(new Replacing.Earlier(earlier.id(), WINDOW)));
  }

  private Task first() {
    return house.accepted(push(Map.of()));
  }

  private List<TaskId> mailbox() {
    return house.engine.devices().mailbox(ada.id(), TaskId.NONE, 10).handovers().stream()
        .map(handover -> handover.task().id())
        .toList();
  }

  @Test
  void waiting_theOlderIsNeverDelivered() {
    Task older = first();
    Task newer = house.accepted(over(older));

    assertThat(mailbox()).containsExactly(newer.id());
    assertThat(house.counts(older)).isEqualTo(Map.of(Phase.OVERRIDDEN, 1));
  }

  @Test
  void chain_isReplacedAsOne_whicheverOfItIsNamed() {
    Task first = first();
    Task second = house.accepted(over(first));
    Task third = house.accepted(over(second));
    Task fourth = house.accepted(over(first));

    assertThat(mailbox()).containsExactly(fourth.id());
    assertThat(house.counts(third)).isEqualTo(Map.of(Phase.OVERRIDDEN, 1));
    assertThat(third.slot(Platform.ANDROID)).isEqualTo(Slot.of(first.id()));
  }

  @Test
  void onTheDevice_theNewerNamesItsSlot_andTheDeviceSaysWhatItDid() {
    var session = house.connect(ada);
    Task older = first();
    house.engine.devices().arrived(new DeliveryId(older.id(), ada.id()));
    house.engine.settle();
    Task newer = house.accepted(over(older));

    Handover handover = session.offered.getLast();
    assertThat(handover.slot()).contains(Slot.of(older.id()));
    assertThat(house.counts(older)).isEqualTo(Map.of(Phase.DELIVERED, 1));
    var replaced =
        new Receipt(new DeliveryId(older.id(), ada.id()), Receipt.Event.REPLACED, NOW, newer.id());
    house.engine.devices().receipts(ada.id(), List.of(replaced));
    assertThat(house.counts(older)).isEqualTo(Map.of(Phase.OVERRIDDEN, 1));
  }

  @Test
  void onItsWay_theOlderIsHeldBackAtTheFence() {
    var session = house.connect(ada);
    Task older = first();
    DeliveryId id = session.offered.getFirst().delivery();

    house.accepted(over(older));

    assertThat(house.engine.devices().fence().pass(id, () -> {})).isFalse();
    house.engine.devices().unwritten(id, 1);
    house.engine.settle();
    assertThat(house.counts(older)).isEqualTo(Map.of(Phase.OVERRIDDEN, 1));
  }

  @Test
  void unknownForeignOrTooOld_isRefused_andNothingIsSent() {
    Task older = first();
    house.phone(BANK, "ada");
    Submission foreign =
        house
            .engine
            .submissions()
            .submit(
                push(
                    BANK,
                    Content.Notification.of("t", "b"),
                    everywhere(new Replacing.Earlier(older.id(), WINDOW))));
    Submission unknown =
        house
            .engine
            .submissions()
            .submit(push(everywhere(new Replacing.Earlier(new TaskId(7), WINDOW))));
    house.clock.advance(WINDOW.plusMillis(1));
    Submission late = house.engine.submissions().submit(over(older));

    assertThat(List.of(foreign, unknown, late)).allMatch(NothingToReplace.class::isInstance);
    assertThat(mailbox()).containsExactly(older.id());
  }

  @Test
  void recallOfTheOlder_leavesTheNewer_andCountsWhatWasSpared() {
    Task older = first();
    Task newer = house.accepted(over(older));

    var recall =
        (Standing) house.engine.recalls().recall(SHOP, older.id(), new Scope.WholeTask(), "test");

    assertThat(recall.report().count(Part.PREVENTED)).isEqualTo(1);
    assertThat(mailbox()).containsExactly(newer.id());
  }

  @Test
  void recalledOlder_canBeReplaced_andTheNewerIsShownAsNew() {
    Task older = first();
    house.engine.recalls().recall(SHOP, older.id(), new Scope.WholeTask(), "test");

    Task newer = house.accepted(over(older));

    assertThat(mailbox()).containsExactly(newer.id());
    assertThat(house.counts(older)).isEqualTo(Map.of(Phase.RECALLED, 1));
  }

  @Test
  void recallOfTheNewer_doesNotBringTheOlderBack() {
    Task older = first();
    Task newer = house.accepted(over(older));

    house.engine.recalls().recall(SHOP, newer.id(), new Scope.WholeTask(), "test");

    assertThat(mailbox()).isEmpty();
  }

  @Test
  void named_slots_areByPlatform() {
    Map<Platform, Replacing> ios = Map.of(Platform.IOS, new Replacing.Named("score"));
    Task one = house.accepted(push(ios));
    Task two = house.accepted(push(ios));

    assertThat(mailbox()).containsExactly(one.id(), two.id());
    Registration apple = house.phone(SHOP, Optional.of("ada"), Platform.IOS);
    house.accepted(push(ios));
    Task last = house.accepted(push(ios));
    assertThat(house.engine.devices().mailbox(apple.id(), TaskId.NONE, 10).handovers())
        .extracting(handover -> handover.task().id())
        .containsExactly(last.id());
  }

  @Test
  void schedule_looksForTheEarlierWhenItFires() {
    Task older = first();
    Instants due = new Instants(house);
    house.engine.schedules().schedule(over(older), new Plan.Once(due.in(Duration.ofHours(1))));
    var tooLate =
        (Scheduling.Accepted)
            house
                .engine
                .schedules()
                .schedule(over(older), new Plan.Once(due.in(Duration.ofHours(30))));

    house.clock.advance(Duration.ofHours(1));
    house.engine.schedules().pass();
    assertThat(house.counts(older)).isEqualTo(Map.of(Phase.OVERRIDDEN, 1));
    assertThat(mailbox()).hasSize(1);

    house.clock.advance(Duration.ofHours(29));
    house.engine.schedules().pass();
    assertThat(
            house
                .engine
                .schedules()
                .ofSchedule(SHOP, tooLate.schedule().id())
                .getFirst()
                .occurrence()
                .fate())
        .isInstanceOf(Fate.Dropped.class);
  }

  private record Instants(House house) {
    Instant in(Duration ahead) {
      return house.clock.instant().plus(ahead);
    }
  }

  @Test
  void segment_ofFew_isRows_ofMany_isStoredOnce_andNobodyIsRefused() {
    house.phone(SHOP, "bob");
    var options = Push.Options.of("test", LIFETIME);
    var content = Content.Notification.of("t", "b");
    Segment android = new Segment.On(Platform.ANDROID);
    Task few = house.accepted(new Push(SHOP, "", new Audience.Matching(android), content, options));

    assertThat(few.source().kind()).isEqualTo(Source.Kind.MULTIPLE);
    assertThat(few.reached().deliveries()).isEqualTo(2);
    assertThat(house.engine.registrations().count(SHOP, android)).isEqualTo(2);
    for (int i = 0; i < 1_000; i++) {
      house.phone(SHOP, "user" + i);
    }
    Task many =
        house.accepted(new Push(SHOP, "", new Audience.Matching(android), content, options));
    Registration late = house.phone(SHOP, "late");

    assertThat(many.isBroadcast()).isTrue();
    assertThat(mailbox()).containsExactly(few.id(), many.id());
    assertThat(house.engine.devices().mailbox(late.id(), TaskId.NONE, 10).handovers()).isEmpty();
    assertThat(
            house
                .engine
                .submissions()
                .submit(
                    new Push(
                        SHOP,
                        "",
                        new Audience.Matching(new Segment.Tagged("none")),
                        content,
                        options)))
        .isInstanceOf(Submission.NobodyMatches.class);
  }

  @Test
  void content_isThatOfTheDevicesPlatform() {
    Registration apple = house.phone(SHOP, Optional.of("ada"), Platform.IOS);
    Content.DataMessage data = new Content.DataMessage("d", Map.of());
    Content ios = Content.Notification.of("for ios", "");
    Content rest = new Content.Both(Content.Notification.of("for the rest", ""), data);
    house.accepted(push(SHOP, new Content.PerPlatform(rest, Map.of(Platform.IOS, ios)), Map.of()));

    assertThat(
            house
                .engine
                .devices()
                .mailbox(apple.id(), TaskId.NONE, 10)
                .handovers()
                .getFirst()
                .content())
        .isEqualTo(ios);
    assertThat(
            house
                .engine
                .devices()
                .mailbox(ada.id(), TaskId.NONE, 10)
                .handovers()
                .getFirst()
                .content())
        .isEqualTo(rest);
  }
}
