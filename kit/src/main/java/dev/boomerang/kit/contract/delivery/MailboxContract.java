// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.delivery;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.contract.StoreContract;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawConfirmed;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.port.TaskStore.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests what waits for a device, and what waits for the clock.
public abstract class MailboxContract extends StoreContract {
  private static final int MANY = 100;
  private final RegistrationId phone = aRegistrationId();

  private DeliveryStore deliveries() {
    return store().deliveries();
  }

  private List<DeliveryId> mailbox(Instant now) {
    return deliveries().mailbox(phone, TaskId.NONE, now, MANY).stream()
        .map(mailboxEntry -> mailboxEntry.delivery().id())
        .toList();
  }

  private List<DeliveryId> recalling() {
    return deliveries().recalling(phone, TaskId.NONE, MANY);
  }

  private List<DeliveryId> held(TaskId after, int limit) {
    return deliveries().onDevice(phone, after, limit);
  }

  private DeliveryId push() {
    return only(accept(aPush().to(phone)));
  }

  static Stream<DeliveryState> states() {
    return LifecycleExamples.states();
  }

  @ParameterizedTest
  @MethodSource("states")
  void delivery_inEachState_waitsWhereItSaysItDoes(DeliveryState state) {
    Delivery delivery = accept(aPush().to(phone).beginning(state)).deliveries().getFirst();
    var itself = List.of(delivery.id());
    boolean isRecalling = state instanceof DeliveryState.Recalling;

    assertThat(mailbox(NOW)).isEqualTo(delivery.isDeliverable(NOW) ? itself : List.of());
    assertThat(deliveries().undelivered(phone, TaskId.NONE, NOW, MANY))
        .isEqualTo(state.isUndelivered() ? itself : List.of());
    assertThat(recalling()).isEqualTo(isRecalling ? itself : List.of());
    assertThat(held(TaskId.NONE, MANY)).isEqualTo(state.isOnDevice() ? itself : List.of());
    assertThat(deliveries().due(Instant.parse("2100-01-01T00:00:00Z"), MANY))
        .isEqualTo(delivery.deadline().isPresent() ? itself : List.of());
  }

  @Test
  void undelivered_isWhatMayStillBeSent_byAnyChannel_oldestFirst() {
    var fcm = new ChannelId("fcm");
    DeliveryId pending = only(accept(aPush().to(phone).beginning(new DeliveryState.Pending(NOW))));
    DeliveryId ofVendor =
        only(accept(aPush().to(phone).beginning(new DeliveryState.Queued(NOW, fcm, 0))));
    DeliveryId queued = push();
    DeliveryId sending = push();
    DeliveryId arrived = push();
    DeliveryId brief = only(accept(aPush().to(phone).living(Duration.ofMinutes(1))));
    List.of(sending, arrived).forEach(id -> record(id, new Claimed(NOW)));
    record(arrived, new Arrived(NOW));

    assertThat(deliveries().undelivered(phone, TaskId.NONE, NOW, MANY))
        .containsExactly(pending, ofVendor, queued, sending, brief);
    assertThat(deliveries().undelivered(phone, TaskId.NONE, NOW, 2))
        .containsExactly(pending, ofVendor);
    assertThat(deliveries().undelivered(phone, ofVendor.task(), NOW.plusSeconds(60), MANY))
        .containsExactly(queued, sending);
    assertThat(deliveries().undelivered(aRegistrationId(), TaskId.NONE, NOW, MANY)).isEmpty();
  }

  @Test
  void held_isWhatIsThereUnopened_oldestFirst() {
    List<DeliveryId> all = Stream.generate(this::push).limit(4).toList();
    all.forEach(id -> record(id, new Claimed(NOW)));
    assertThat(held(TaskId.NONE, MANY)).isEmpty();
    all.reversed().forEach(id -> record(id, new Arrived(NOW)));
    assertThat(held(TaskId.NONE, MANY)).isEqualTo(all);
    assertThat(held(TaskId.NONE, 1)).containsExactly(all.get(0));
    assertThat(held(all.get(1).task(), MANY)).isEqualTo(all.subList(2, 4));

    record(all.get(1), new OpenReported(NOW));
    record(all.get(2), new RecallRequested(NOW));

    assertThat(held(TaskId.NONE, MANY)).containsExactly(all.get(0), all.get(3));
    assertThat(deliveries().onDevice(aRegistrationId(), TaskId.NONE, MANY)).isEmpty();
  }

  @Test
  void mailbox_holdsEntriesOldestTaskFirst() {
    var pushes = Stream.generate(() -> aPush().to(phone).build()).limit(5).toList();
    pushes.reversed().forEach(push -> store().tasks().accept(push));
    accept(aPush().to(aRegistrationId()));

    assertThat(deliveries().mailbox(phone, TaskId.NONE, NOW, MANY))
        .isEqualTo(
            pushes.stream()
                .map(
                    push ->
                        new MailboxEntry(
                            push.deliveries().getFirst(), push.task(), push.task().content()))
                .toList());
  }

  @Test
  void mailbox_givesATargetItsOwnContent() {
    var own = new Content.DataMessage("for you", Map.of("k", "v"));
    Acceptance push = accept(aPush().to(aRegistrationId()).saying(own, phone));

    assertThat(deliveries().mailbox(phone, TaskId.NONE, NOW, MANY))
        .containsExactly(new MailboxEntry(push.deliveries().getLast(), push.task(), own));
    var other = push.deliveries().getFirst();
    assertThat(deliveries().mailbox(other.id().registration(), TaskId.NONE, NOW, MANY))
        .containsExactly(new MailboxEntry(other, push.task(), push.task().content()));
  }

  @Test
  void mailbox_isReadPageByPage() {
    var expected = new ArrayList<DeliveryId>();
    for (int i = 0; i < 10; i++) {
      expected.add(push());
    }

    var read = new ArrayList<DeliveryId>();
    TaskId after = TaskId.NONE;
    for (var page = deliveries().mailbox(phone, after, NOW, 3);
        !page.isEmpty();
        page = deliveries().mailbox(phone, after, NOW, 3)) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      page.forEach(mailboxEntry -> read.add(mailboxEntry.delivery().id()));
      after = page.getLast().delivery().id().task();
    }

    assertThat(read).isEqualTo(expected);
  }

  @Test
  void mailbox_leavesOutWhatIsExpired() {
    DeliveryId brief = only(accept(aPush().to(phone).living(Duration.ofMinutes(1))));
    DeliveryId lasting = only(accept(aPush().to(phone).living(Duration.ofHours(1))));

    assertThat(mailbox(NOW.plusSeconds(60).minusMillis(1))).containsExactly(brief, lasting);
    assertThat(mailbox(NOW.plusSeconds(60))).containsExactly(lasting);
  }

  @Test
  void mailbox_keepsWhatIsClaimedUntilItArrived() {
    DeliveryId id = push();

    record(id, new Claimed(NOW));
    assertThat(mailbox(NOW)).containsExactly(id);
    record(id, new NotSent(NOW, 1));
    assertThat(mailbox(NOW)).containsExactly(id);
    record(id, new Claimed(NOW));
    record(id, new Arrived(NOW));

    assertThat(mailbox(NOW)).isEmpty();
  }

  @Test
  void recalling_listsWhatIsOutAndAskedBackOldestTaskFirst() {
    DeliveryId prevented = push();
    DeliveryId older = push();
    DeliveryId newer = push();
    for (DeliveryId id : List.of(newer, older)) {
      record(id, new Claimed(NOW));
      record(id, new RecallRequested(NOW));
    }
    record(prevented, new RecallRequested(NOW));

    assertThat(recalling()).containsExactly(older, newer);
    assertThat(deliveries().recalling(phone, TaskId.NONE, 1)).containsExactly(older);
    assertThat(deliveries().recalling(phone, older.task(), MANY)).containsExactly(newer);
    assertThat(deliveries().recalling(aRegistrationId(), TaskId.NONE, MANY)).isEmpty();
    assertThat(mailbox(NOW)).isEmpty();

    record(older, new WithdrawConfirmed(NOW));
    assertThat(recalling()).containsExactly(newer);
  }

  @Test
  void due_listsTheLongestOverdueFirst() {
    Acceptance late = accept(aPush().to(phone).living(Duration.ofMinutes(3)));
    Acceptance early = accept(aPush().to(phone).living(Duration.ofMinutes(1)));
    Acceptance middle = accept(aPush().to(phone).living(Duration.ofMinutes(2)));

    assertThat(deliveries().due(NOW.plusSeconds(59), MANY)).isEmpty();
    assertThat(deliveries().due(NOW.plusSeconds(60), MANY)).containsExactly(only(early));
    assertThat(deliveries().due(NOW.plusSeconds(900), MANY))
        .containsExactly(only(early), only(middle), only(late));
    assertThat(deliveries().due(NOW.plusSeconds(900), 2))
        .containsExactly(only(early), only(middle));
  }

  @Test
  void due_followsTheState() {
    Instant far = NOW.plus(Duration.ofDays(99));
    DeliveryId id = push();
    record(id, new Claimed(NOW));
    record(id, new Arrived(NOW));
    assertThat(deliveries().due(far, MANY)).isEmpty();

    record(id, new RecallRequested(NOW));

    assertThat(deliveries().due(NOW.plus(Recall.WINDOW).minusMillis(1), MANY)).isEmpty();
    assertThat(deliveries().due(NOW.plus(Recall.WINDOW), MANY)).containsExactly(id);
  }
}
