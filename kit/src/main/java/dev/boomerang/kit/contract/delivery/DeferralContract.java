// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.delivery;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.contract.StoreContract;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Delivery.TimelineEntry;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.DeliveryEvent.Deferred;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.RetryDue;
import dev.boomerang.lifecycle.DeliveryEvent.StopRequested;
import dev.boomerang.lifecycle.DeliveryEvent.Superseded;
import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.TaskStore.AcceptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds what becomes of a delivery that its channel deferred.
public abstract class DeferralContract extends StoreContract {
  private static final int MANY = 100;
  private static final Duration DELAY = Duration.ofMinutes(5);
  private static final Instant DUE = NOW.plus(DELAY);
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final RegistrationId phone = aRegistrationId();

  private DeliveryStore deliveries() {
    return store().deliveries();
  }

  private List<DeliveryId> mailbox(Instant now) {
    return deliveries().mailbox(phone, TaskId.NONE, now, MANY).stream()
        .map(entry -> entry.delivery().id())
        .toList();
  }

  private Delivery find(DeliveryId id) {
    return deliveries().find(id).orElseThrow();
  }

  private DeliveryId deferred(Duration delay) {
    DeliveryId id = only(accept(aPush().to(phone).living(LIFETIME)));
    record(id, new Claimed(NOW));
    assertThat(record(id, new Deferred(NOW, delay))).isInstanceOf(Moved.class);
    return id;
  }

  @Test
  void deferred_isInTheMailboxOnlyFromItsTimeOn() {
    DeliveryId before = only(accept(aPush().to(phone).living(LIFETIME)));
    DeliveryId deferred = deferred(DELAY);
    DeliveryId behind = only(accept(aPush().to(phone).living(LIFETIME)));

    assertThat(mailbox(NOW)).containsExactly(before, behind);
    assertThat(mailbox(DUE.minusMillis(1))).containsExactly(before, behind);
    assertThat(mailbox(DUE)).containsExactly(before, deferred, behind);
    assertThat(deliveries().undelivered(phone, TaskId.NONE, NOW, MANY))
        .containsExactly(before, deferred, behind);
  }

  @Test
  void deferred_keepsItsTime_inItsStateAndItsTimeline() {
    DeliveryId id = deferred(DELAY);

    assertThat(find(id).state()).isEqualTo(new Queued(NOW, ChannelId.SELF, 1, Optional.of(DUE)));
    assertThat(find(id).timeline())
        .containsExactly(
            new TimelineEntry(DeliveryStatus.QUEUED, NOW),
            new TimelineEntry(DeliveryStatus.SENDING, NOW),
            new TimelineEntry(DeliveryStatus.QUEUED, NOW, Optional.of(DUE)));
    assertThat(deliveries().counts(id.task())).isEqualTo(Map.of(DeliveryStatus.QUEUED, 1));
  }

  @Test
  void claim_ofADeferredOne_isTakenFromItsTimeOn() {
    DeliveryId id = deferred(DELAY);

    assertThat(record(id, new Claimed(DUE.minusMillis(1)))).isInstanceOf(Stale.class);
    assertThat(record(id, new Claimed(DUE))).isInstanceOf(Moved.class);

    assertThat(find(id).state()).isEqualTo(new Sending(DUE, ChannelId.SELF, 2, false));
    assertThat(deliveries().retryDue(DUE, MANY)).isEmpty();
  }

  @Test
  void retryDue_listsTheLongestOverdueFirst_untilItIsTold() {
    DeliveryId late = deferred(DELAY.multipliedBy(3));
    DeliveryId early = deferred(DELAY);
    DeliveryId middle = deferred(DELAY.multipliedBy(2));
    accept(aPush().to(phone).living(LIFETIME));
    Instant all = NOW.plus(DELAY.multipliedBy(3));

    assertThat(deliveries().retryDue(DUE.minusMillis(1), MANY)).isEmpty();
    assertThat(deliveries().retryDue(DUE, MANY)).containsExactly(early);
    assertThat(deliveries().retryDue(all, MANY)).containsExactly(early, middle, late);
    assertThat(deliveries().retryDue(all, 2)).containsExactly(early, middle);

    assertThat(record(early, new RetryDue(DUE))).isInstanceOf(Moved.class);

    assertThat(deliveries().retryDue(all, MANY)).containsExactly(middle, late);
    assertThat(find(early).state()).isEqualTo(new Queued(DUE, ChannelId.SELF, 1));
    assertThat(mailbox(DUE)).contains(early);
  }

  @Test
  void deferredByAVendor_isDueForIt_andInNoMailbox() {
    var fcm = new ChannelId("fcm");
    DeliveryId id =
        only(accept(aPush().to(phone).living(LIFETIME).beginning(new Sending(NOW, fcm, 1, false))));
    record(id, new Deferred(NOW, DELAY));

    assertThat(find(id).state()).isEqualTo(new Queued(NOW, fcm, 1, Optional.of(DUE)));
    assertThat(deliveries().retryDue(DUE, MANY)).containsExactly(id);
    assertThat(mailbox(DUE)).isEmpty();
    record(id, new RetryDue(DUE));
    assertThat(find(id).state()).isEqualTo(new Queued(DUE, fcm, 1));
    assertThat(mailbox(DUE)).isEmpty();
  }

  static Stream<DeliveryEvent> ends() {
    return Stream.of(
        new RecallRequested(NOW),
        new Superseded(NOW, new TaskId(9)),
        new StopRequested(NOW),
        new DeadlinePassed(NOW),
        new Unreachable(NOW, "left"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void deferred_isEndedLikeAnyThatWaits_andNeverSent(DeliveryEvent end) {
    DeliveryId id = deferred(DELAY);
    DeliveryId queued = only(accept(aPush().to(aRegistrationId()).living(LIFETIME)));

    record(id, end);
    record(queued, end);

    assertThat(find(id).state())
        .isInstanceOf(DeliveryState.Final.class)
        .isEqualTo(find(queued).state());
    assertThat(mailbox(DUE)).isEmpty();
    assertThat(deliveries().undelivered(phone, TaskId.NONE, NOW, MANY)).isEmpty();
    assertThat(deliveries().retryDue(DUE, MANY)).isEmpty();
    assertThat(record(id, new RetryDue(DUE))).isInstanceOf(Stale.class);
    assertThat(record(id, new Claimed(DUE))).isInstanceOf(Stale.class);
  }

  @Test
  void recall_whileTheVendorsAnswerIsAwaited_isPreventedByItsDeferral() {
    var fcm = new ChannelId("fcm");
    DeliveryId id = only(accept(aPush().to(phone).beginning(new Sending(NOW, fcm, 1, false))));
    record(id, new RecallRequested(NOW));
    record(id, new Deferred(NOW, DELAY));

    assertThat(find(id).state()).isEqualTo(new Recalled(NOW, Recalled.Outcome.PREVENTED));
    assertThat(deliveries().retryDue(DUE, MANY)).isEmpty();
  }

  @Test
  void newerPushOfItsKey_overridesTheDeferredOne() {
    var device = store().registrations().add(aRegistration().build());
    var older = accept(aPush().to(device.id()));
    record(only(older), new Claimed(NOW));
    record(only(older), new Deferred(NOW, DELAY));
    var newer = aPush().to(device.id()).in(CollapseKey.of(older.task().id())).build();

    assertThat(store().tasks().accept(newer))
        .isInstanceOfSatisfying(
            AcceptResult.Stored.class,
            stored -> assertThat(stored.overridden()).containsExactly(only(older)));

    assertThat(find(only(older)).state())
        .isEqualTo(
            new Overridden(
                newer.task().validity().acceptedAt(),
                newer.task().id(),
                Overridden.Outcome.PREVENTED));
  }

  @Test
  void deferred_beyondItsLifetime_isDueAtTheEndOfIt() {
    DeliveryId id = deferred(LIFETIME.multipliedBy(2));
    Instant over = NOW.plus(LIFETIME);

    assertThat(deliveries().due(over.minusMillis(1), MANY)).isEmpty();
    assertThat(deliveries().due(over, MANY)).containsExactly(id);
    assertThat(mailbox(NOW.plus(LIFETIME.multipliedBy(2)))).isEmpty();
  }

  /// Holds that a broadcast's delivery keeps no time. Its bits have no room for one, and only our
  /// own gateway hands it over.
  @Test
  void deliveryOfABroadcast_isNeverDeferred() {
    var device = store().registrations().add(aRegistration().build());
    var task = accept(aPush().toEveryone(Everyone.all(Optional.empty()))).task();
    var id = new DeliveryId(task.id(), device.id());
    record(id, new Claimed(NOW));
    record(id, new Deferred(NOW, DELAY));

    assertThat(find(id).state())
        .isInstanceOfSatisfying(Queued.class, state -> assertThat(state.notBefore()).isEmpty());
    assertThat(
            store()
                .broadcasts()
                .waiting(device.id(), device.audienceAttributes(), TaskId.NONE, NOW, MANY))
        .hasSize(1);
    assertThat(deliveries().retryDue(DUE, MANY)).isEmpty();
    assertThat(record(id, new Claimed(NOW))).isInstanceOf(Moved.class);
  }
}
