// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.PushBuilder;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.ReplacedOnDevice;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryEvent.Superseded;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Overridden.Outcome;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.port.SegmentStore.RegistrationSet;
import dev.boomerang.port.TaskStore.AcceptResult.Stored;
import dev.boomerang.port.TaskStore.Acceptance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// *Newest*: at most one live delivery per registration and slot. The newer takes the older's place
/// in the step that stores it.
public abstract class OverrideContract extends StoreContract {

  /// Lists the ways in which a push reaches its registrations.
  enum Form {
    ROWS,
    RULE,
    FIXED_SET
  }

  private Registration add() {
    return store().registrations().add(aRegistration().build());
  }

  private PushBuilder push(Form form, Registration to) {
    return switch (form) {
      case ROWS -> aPush().to(to.id()).beginning(new Queued(NOW, ChannelId.SELF, 0));
      case RULE -> aPush().toEveryone(Everyone.all(Optional.empty()));
      case FIXED_SET -> aPush().toFixedSet(registrationSet(to));
    };
  }

  private RegistrationSet registrationSet(Registration of) {
    return store().segments().resolve(SHOP, new Segment.RegistrationIs(of.id()));
  }

  private List<DeliveryId> accepted(Acceptance push) {
    return store().tasks().accept(push) instanceof Stored(var overridden, var _)
        ? overridden
        : List.of(new DeliveryId(TaskId.NONE, Fixtures.aRegistrationId()));
  }

  private static DeliveryId id(Acceptance push, Registration registration) {
    return new DeliveryId(push.task().id(), registration.id());
  }

  private Delivery find(Acceptance push, Registration registration) {
    return store().deliveries().find(id(push, registration)).orElseThrow();
  }

  /// Returns what a device that connects now gets.
  private List<TaskId> mailbox(Registration device) {
    Stream<MailboxEntry> own =
        store().deliveries().mailbox(device.id(), TaskId.NONE, NOW, 100).stream();
    Stream<MailboxEntry> forAll =
        store()
            .broadcasts()
            .waiting(device.id(), device.audienceAttributes(), TaskId.NONE, NOW, 100)
            .stream();
    return Stream.concat(own, forAll)
        .map(mailboxEntry -> mailboxEntry.task().id())
        .sorted()
        .toList();
  }

  private static Stream<Form[]> forms() {
    return Stream.of(Form.values())
        .flatMap(older -> Stream.of(Form.values()).map(newer -> new Form[] {older, newer}));
  }

  @Test
  void newer_ofEachForm_takesTheWaitingOldersPlace_ofEachForm() {
    forms()
        .forEach(
            pair -> {
              Registration device = add();
              Acceptance older = push(pair[0], device).build();
              Acceptance other = push(Form.ROWS, device).build();
              accepted(older);
              accepted(other);
              Acceptance newer =
                  push(pair[1], device).in(CollapseKey.of(older.task().id())).build();

              accepted(newer);

              assertThat(mailbox(device))
                  .as(pair[0] + " by " + pair[1])
                  .contains(other.task().id(), newer.task().id())
                  .doesNotContain(older.task().id());
              assertThat(find(older, device).state())
                  .isInstanceOfSatisfying(
                      Overridden.class,
                      state -> {
                        assertThat(state.outcome()).isEqualTo(Outcome.PREVENTED);
                        assertThat(state.by()).isIn(newer.task().id(), TaskId.NONE);
                      });
              record(id(older, device), new Claimed(NOW));
              assertThat(find(older, device).state().status()).isEqualTo(DeliveryStatus.OVERRIDDEN);
            });
  }

  @Test
  void chain_hasOneLiveDelivery_whicheverCameBetween() {
    Registration device = add();
    Acceptance first = push(Form.ROWS, device).build();
    accepted(first);
    CollapseKey collapseKey = CollapseKey.of(first.task().id());
    Acceptance second = push(Form.ROWS, device).in(collapseKey).build();
    Acceptance third = push(Form.ROWS, device).in(collapseKey).build();

    assertThat(accepted(second)).containsExactly(id(first, device));
    assertThat(accepted(third)).containsExactly(id(second, device));

    assertThat(mailbox(device)).containsExactly(third.task().id());
    assertThat(find(third, device).state().status()).isEqualTo(DeliveryStatus.QUEUED);
  }

  @Test
  void named_slot_needsNoFirst() {
    Registration device = add();
    Acceptance first = push(Form.ROWS, device).in(CollapseKey.named("score")).build();
    Acceptance second = push(Form.ROWS, device).in(CollapseKey.named("score")).build();
    Acceptance other = push(Form.ROWS, device).in(CollapseKey.named("weather")).build();
    Stream.of(first, second, other).forEach(this::accepted);

    assertThat(mailbox(device)).containsExactly(second.task().id(), other.task().id());
    assertThat(store().tasks().find(second.task().id())).contains(second.task());
  }

  @Test
  void older_thatWaitsForAnotherThanItsDevice_makesRoomToo() {
    for (DeliveryState state :
        List.of(
            new DeliveryState.Scheduled(NOW),
            new DeliveryState.Pending(NOW),
            new Queued(NOW, new ChannelId("vendor"), 0))) {
      Registration device = add();
      Acceptance older = aPush().to(device.id()).beginning(state).build();
      accepted(older);
      Acceptance newer = push(Form.ROWS, device).in(CollapseKey.of(older.task().id())).build();

      assertThat(accepted(newer)).as(state.toString()).containsExactly(id(older, device));
      assertThat(find(older, device).state().status()).isEqualTo(DeliveryStatus.OVERRIDDEN);
    }
  }

  @Test
  void olderOnItsWay_isNotDeliveredAgain_andIsPreventedIfItNeverLeft() {
    Registration device = add();
    Acceptance older = push(Form.ROWS, device).build();
    accepted(older);
    record(id(older, device), new Claimed(NOW));
    Acceptance newer = push(Form.ROWS, device).in(CollapseKey.of(older.task().id())).build();

    assertThat(accepted(newer)).containsExactly(id(older, device));

    assertThat(mailbox(device)).containsExactly(newer.task().id());
    assertThat(find(older, device).state().status()).isEqualTo(DeliveryStatus.ABANDONED);
    record(id(older, device), new NotSent(NOW, 1));
    assertThat(find(older, device).state())
        .isEqualTo(new Overridden(NOW, newer.task().id(), Outcome.PREVENTED));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void olderOnTheDevice_staysUntilTheDeviceSaysItIsReplaced(Form form) {
    Registration device = add();
    Acceptance older = push(form, device).build();
    accepted(older);
    record(id(older, device), new Claimed(NOW));
    record(id(older, device), new Arrived(NOW));
    record(id(older, device), new ShownReported(NOW));
    Acceptance newer = push(Form.ROWS, device).in(CollapseKey.of(older.task().id())).build();

    assertThat(accepted(newer)).isEmpty();

    assertThat(find(older, device).state().status()).isEqualTo(DeliveryStatus.SHOWN);
    record(id(older, device), new ReplacedOnDevice(NOW, newer.task().id()));
    assertThat(find(older, device).state())
        .isInstanceOfSatisfying(
            Overridden.class, state -> assertThat(state.outcome()).isEqualTo(Outcome.REPLACED));
    if (form != Form.ROWS) {
      assertThat(store().broadcasts().counts(older.task().id()).replaced()).isEqualTo(1);
    }
  }

  @Test
  void newerForOthers_orOnOtherPlatforms_leavesTheOlderAlone() {
    Registration one = add();
    Registration two = add();
    Acceptance older =
        aPush().to(one.id()).to(two.id()).beginning(new Queued(NOW, ChannelId.SELF, 0)).build();
    accepted(older);
    CollapseKey collapseKey = CollapseKey.of(older.task().id());

    assertThat(accepted(push(Form.ROWS, one).in(collapseKey).build()))
        .containsExactly(id(older, one));
    assertThat(accepted(push(Form.ROWS, two).in(collapseKey, Platform.IOS).build())).isEmpty();

    assertThat(mailbox(two)).contains(older.task().id());
  }

  @Test
  void overriddenByABroadcast_staysSo_alsoWhenThatIsRecalledOrOver() {
    Registration device = add();
    Acceptance older = push(Form.RULE, device).build();
    accepted(older);
    Acceptance newer =
        push(Form.RULE, device)
            .living(Duration.ofMinutes(1))
            .in(CollapseKey.of(older.task().id()))
            .build();
    accepted(newer);

    store().broadcasts().recall(newer.task().id(), NOW);

    assertThat(mailbox(device)).isEmpty();
    assertThat(find(older, device).state().status()).isEqualTo(DeliveryStatus.OVERRIDDEN);
  }

  /// Nothing is written for devices that are away when a broadcast takes another's place. A device
  /// that was given the older one before, and has not acknowledged it, learns so when it connects.
  @Test
  void broadcastThatWasGiven_isSuperseded_whenItsDeviceComesAgain() {
    Registration device = add();
    Registration other = add();
    Acceptance older = push(Form.RULE, device).build();
    accepted(older);
    record(id(older, device), new Claimed(NOW));
    assertThat(superseded(device)).isEmpty();
    Acceptance newer = push(Form.RULE, device).in(CollapseKey.of(older.task().id())).build();
    accepted(newer);

    // A store may have ended it when the newer was accepted.
    assertThat(superseded(device))
        .isSubsetOf(new Change(id(older, device), new Superseded(NOW, newer.task().id())));
    assertThat(superseded(other)).isEmpty();

    store().deliveries().apply(superseded(device));
    assertThat(find(older, device).state().status()).isEqualTo(DeliveryStatus.ABANDONED);
    assertThat(superseded(device)).isEmpty();
    assertThat(mailbox(device)).containsExactly(newer.task().id());
  }

  private List<Change> superseded(Registration device) {
    return store().broadcasts().superseded(device.id(), device.audienceAttributes(), NOW);
  }

  @Test
  void fixedSet_isTheBroadcastsAudience_andAddsUp() {
    Registration in = add();
    Registration here = add();
    Registration out = add();
    RegistrationSet both =
        store()
            .segments()
            .resolve(
                SHOP,
                new Segment.Any(
                    List.of(
                        new Segment.RegistrationIs(in.id()),
                        new Segment.RegistrationIs(here.id()))));
    Acceptance push = aPush().toFixedSet(both, here.id()).build();
    accepted(push);

    assertThat(mailbox(in)).containsExactly(push.task().id());
    assertThat(mailbox(out)).isEmpty();
    assertThat(mailbox(add())).isEmpty();
    assertThat(store().deliveries().find(id(push, out))).isEmpty();
    record(id(push, in), new Claimed(NOW));
    assertThat(find(push, in).state().status()).isEqualTo(DeliveryStatus.SENDING);
    assertThat(find(push, here).state().status()).isEqualTo(DeliveryStatus.SENDING);
  }

  @Test
  void racers_leaveOneLive() {
    Registration device = add();
    Acceptance first = push(Form.ROWS, device).build();
    accepted(first);
    List<Acceptance> racers =
        Stream.generate(() -> push(Form.ROWS, device).in(CollapseKey.of(first.task().id())).build())
            .limit(30)
            .toList();

    ConcurrentCalls.among(racers.size(), i -> accepted(racers.get(i)));

    assertThat(mailbox(device)).hasSize(1);
  }
}
