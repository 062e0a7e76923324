// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DismissReported;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawConfirmed;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawFailed;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests how pushes to everyone end: recalled, or with their time. As with
/// [BroadcastStoreContract], a store that numbers its registrations should begin where its numbers
/// carry over.
public abstract class BroadcastClosingContract extends BroadcastLifecycleContract {
  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(new WithdrawConfirmed(NOW), DeliveryStatus.RECALLED, 0),
        Arguments.of(new WithdrawFailed(NOW), DeliveryStatus.TOO_LATE, 0),
        Arguments.of(new OpenReported(NOW), DeliveryStatus.OPENED, 0),
        Arguments.of(new DismissReported(NOW), DeliveryStatus.DISMISSED, 0),
        Arguments.of(new NotSent(NOW, 1), DeliveryStatus.RECALLED, 1));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answer_toARecall_endsTheDelivery(
      DeliveryEvent answer, DeliveryStatus deliveryStatus, int prevented) {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    DeliveryId id = of(task, phones.get(0));

    assertThat(record(id, answer)).isInstanceOf(Moved.class);

    assertThat(phase(id)).isEqualTo(deliveryStatus);
    assertThat(recalling(phones.get(0))).isEmpty();
    assertThat(recalling(phones.get(1))).containsExactly(of(task, phones.get(1)));
    assertCensus(task, Map.of(DeliveryStatus.RECALLING, 1, deliveryStatus, 1), prevented);
    assertThat(record(id, new OpenReported(NOW))).isInstanceOf(Stale.class);
    assertThat(phase(id)).isEqualTo(deliveryStatus);
  }

  @Test
  void recall_asksBackWhatMayBeOut_andPreventsTheRest() {
    Registration away = aPhone();
    Registration back = aPhone();
    Registration out = aPhone();
    Registration shown = aPhone();
    Registration opened = aPhone();
    Task task = broadcast();
    taken(task, back, new NotSent(NOW, 1));
    taken(task, out);
    taken(task, shown, new ShownReported(NOW));
    taken(task, opened, new OpenReported(NOW));

    broadcasts().recall(task.id(), NOW);

    for (Registration phone : List.of(away, back, out, shown, opened, aPhone())) {
      assertThat(waiting(phone)).isEmpty();
      assertThat(record(of(task, phone), new Claimed(NOW))).isInstanceOf(Stale.class);
    }
    assertThat(store().deliveries().find(of(task, away)))
        .hasValueSatisfying(delivery -> assertThat(isPrevented(delivery)).isTrue());
    assertThat(recalling(out)).containsExactly(of(task, out));
    assertThat(recalling(shown)).containsExactly(of(task, shown));
    assertThat(recalling(opened)).isEmpty();
    assertThat(store().deliveries().recalling(out.id(), TaskId.NONE, MANY)).isEmpty();
    assertCensus(
        task,
        Map.of(DeliveryStatus.RECALLED, 1, DeliveryStatus.RECALLING, 2, DeliveryStatus.OPENED, 1),
        1);
  }

  @Test
  void recall_again_changesNothing() {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    record(of(task, phones.get(0)), new WithdrawConfirmed(NOW));

    broadcasts().recall(task.id(), NOW.plusSeconds(60));

    assertCensus(task, Map.of(DeliveryStatus.RECALLED, 1, DeliveryStatus.RECALLING, 1), 0);
    broadcasts().expire(task.id(), GIVEN_UP);
    assertCensus(task, Map.of(DeliveryStatus.RECALLED, 1, DeliveryStatus.FAILED, 1), 0);
  }

  @Test
  void recall_leavesOthersAlone() {
    Registration phone = aPhone();
    Task recalled = broadcast();
    Task other = broadcast();
    taken(recalled, phone);
    taken(other, phone);

    broadcasts().recall(recalled.id(), NOW);

    assertThat(waiting(phone)).containsExactly(other.id());
    assertThat(recalling(phone)).containsExactly(of(recalled, phone));
    assertCensus(other, Map.of(DeliveryStatus.SENDING, 1), 0);
  }

  @Test
  void recallOfOneDelivery_leavesItsBroadcastOpen() {
    var phones = phones(3);
    Task task = broadcast();
    taken(task, phones.get(0));

    record(of(task, phones.get(0)), new RecallRequested(NOW));
    record(of(task, phones.get(1)), new RecallRequested(NOW));

    assertThat(recalling(phones.get(0))).containsExactly(of(task, phones.get(0)));
    assertThat(recalling(phones.get(1))).isEmpty();
    assertThat(waiting(phones.get(0))).isEmpty();
    assertThat(waiting(phones.get(1))).isEmpty();
    assertThat(waiting(phones.get(2))).containsExactly(task.id());
    assertCensus(task, Map.of(DeliveryStatus.RECALLING, 1, DeliveryStatus.RECALLED, 1), 1);
  }

  @Test
  void held_isWhatIsThereUnopened_oldestFirst() {
    Registration phone = aPhone();
    var tasks = Stream.generate(this::broadcast).limit(4).toList();
    var ids = tasks.stream().map(task -> of(task, phone)).toList();
    tasks.forEach(task -> taken(task, phone));
    ids.forEach(id -> record(id, new Arrived(NOW)));
    broadcast();

    assertThat(held(phone, TaskId.NONE, MANY)).isEqualTo(ids);
    assertThat(held(phone, ids.get(0).task(), 2)).isEqualTo(ids.subList(1, 3));
    broadcasts().expire(tasks.get(0).id(), tasks.get(0).expiresAt());
    record(ids.get(1), new OpenReported(NOW));
    broadcasts().recall(tasks.get(2).id(), NOW);

    assertThat(held(phone, TaskId.NONE, MANY)).containsExactly(ids.get(0), ids.get(3));
    assertThat(held(aPhone(), TaskId.NONE, MANY)).isEmpty();
  }

  private List<DeliveryId> held(Registration phone, TaskId after, int limit) {
    return broadcasts().onDevice(phone.id(), phone.app(), after, limit);
  }

  @Test
  void recalling_isReadPageByPage_oldestFirst() {
    Registration phone = aPhone();
    var tasks = Stream.generate(this::broadcast).limit(5).toList();
    tasks.forEach(task -> taken(task, phone));
    tasks.reversed().forEach(task -> broadcasts().recall(task.id(), NOW));
    var ids = tasks.stream().map(task -> of(task, phone)).toList();

    assertThat(recalling(phone)).isEqualTo(ids);
    assertThat(broadcasts().recalling(phone.id(), SHOP, TaskId.NONE, 2))
        .isEqualTo(ids.subList(0, 2));
    assertThat(broadcasts().recalling(phone.id(), SHOP, ids.get(1).task(), 2))
        .isEqualTo(ids.subList(2, 4));
    assertThat(broadcasts().recalling(phone.id(), SHOP, ids.get(4).task(), 2)).isEmpty();
    assertThat(recalling(aPhone())).isEmpty();
  }

  @Test
  void due_listsTheLongestOverdueFirst_untilItsEndIsNoted() {
    Task late = accept(aPush().living(Duration.ofHours(3)).toEveryone(ALL)).task();
    Task early = accept(aPush().living(Duration.ofHours(1)).toEveryone(ALL)).task();
    Task middle = accept(aPush().living(Duration.ofHours(2)).toEveryone(ALL)).task();
    Instant end = NOW.plus(Duration.ofHours(3));

    assertThat(broadcasts().due(early.expiresAt().minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(early.expiresAt(), MANY)).containsExactly(early.id());
    assertThat(broadcasts().due(end, MANY)).containsExactly(early.id(), middle.id(), late.id());
    assertThat(broadcasts().due(end, 2)).containsExactly(early.id(), middle.id());

    broadcasts().expire(early.id(), end);

    assertThat(broadcasts().due(end, MANY)).containsExactly(middle.id(), late.id());
    assertThat(store().deliveries().due(end, MANY)).isEmpty();
  }

  @Test
  void endOfLifetime_endsWhatHasNotArrived() {
    Registration away = aPhone();
    Registration back = aPhone();
    Registration out = aPhone();
    Registration arrived = aPhone();
    Registration asked = aPhone();
    Task task = broadcast();
    taken(task, back, new NotSent(NOW, 1));
    taken(task, out);
    taken(task, arrived, new Arrived(NOW));
    taken(task, asked, new RecallRequested(NOW));

    broadcasts().expire(task.id(), OVER);

    assertThat(phase(of(task, away))).isEqualTo(DeliveryStatus.EXPIRED);
    assertThat(record(of(task, away), new Claimed(OVER))).isInstanceOf(Stale.class);
    assertThat(phase(of(task, back))).isEqualTo(DeliveryStatus.EXPIRED);
    assertThat(phase(of(task, out))).isEqualTo(DeliveryStatus.ABANDONED);
    assertCensus(
        task,
        Map.of(
            DeliveryStatus.EXPIRED,
            1,
            DeliveryStatus.ABANDONED,
            1,
            DeliveryStatus.DELIVERED,
            1,
            DeliveryStatus.RECALLING,
            1),
        0);
    assertThat(record(of(task, out), new NotSent(OVER, 1))).isInstanceOf(Moved.class);
    assertThat(phase(of(task, out))).isEqualTo(DeliveryStatus.EXPIRED);
  }

  @Test
  void recall_afterTheEnd_stillAsksBackWhatMayBeOut() {
    Registration away = aPhone();
    Registration out = aPhone();
    Task task = broadcast();
    taken(task, out);
    broadcasts().expire(task.id(), OVER);

    broadcasts().recall(task.id(), OVER);

    assertThat(recalling(out)).containsExactly(of(task, out));
    assertThat(phase(of(task, away))).isEqualTo(DeliveryStatus.RECALLED);
    assertThat(broadcasts().due(OVER.plus(Recall.WINDOW).minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(OVER.plus(Recall.WINDOW), MANY)).containsExactly(task.id());
  }

  @Test
  void recallThatNobodyAnswers_endsAfterItsWindow() {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    broadcasts().expire(task.id(), OVER);
    record(of(task, phones.get(0)), new WithdrawConfirmed(OVER));

    assertThat(broadcasts().due(GIVEN_UP.minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(GIVEN_UP, MANY)).containsExactly(task.id());
    broadcasts().expire(task.id(), GIVEN_UP);

    assertCensus(task, Map.of(DeliveryStatus.RECALLED, 1, DeliveryStatus.FAILED, 1), 0);
    assertThat(recalling(phones.get(1))).isEmpty();
    assertThat(broadcasts().due(GIVEN_UP, MANY)).isEmpty();
  }

  @Test
  void endOfOneRecallsWindow_leavesABroadcastThatLivesOnAsItIs() {
    var phones = phones(3);
    Task task = accept(aPush().living(Duration.ofDays(30)).toEveryone(ALL)).task();
    taken(task, phones.get(0), new RecallRequested(NOW));
    taken(task, phones.get(1));

    broadcasts().expire(task.id(), GIVEN_UP);

    assertCensus(task, Map.of(DeliveryStatus.FAILED, 1, DeliveryStatus.SENDING, 1), 0);
    assertThat(waiting(phones.get(1), GIVEN_UP)).containsExactly(task.id());
    assertThat(waiting(phones.get(2), GIVEN_UP)).containsExactly(task.id());
    assertThat(broadcasts().due(task.expiresAt().minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(task.expiresAt(), MANY)).containsExactly(task.id());
  }

  @Test
  void recallsWindow_isTheLastRecalls_andNotOfWordsInBetween() {
    var phones = phones(2);
    Task task = broadcast();
    taken(task, phones.get(0), new RecallRequested(NOW));
    taken(task, phones.get(1), new RecallRequested(NOW.plusSeconds(10)));
    record(of(task, phones.get(0)), new Arrived(NOW.plusSeconds(20)));
    broadcasts().expire(task.id(), OVER);
    Instant end = GIVEN_UP.plusSeconds(10);

    assertThat(broadcasts().due(end.minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(end, MANY)).containsExactly(task.id());
    broadcasts().expire(task.id(), end);

    assertCensus(task, Map.of(DeliveryStatus.FAILED, 2), 0);
  }

  @Test
  void timeUp_beforeAnythingIsDue_changesNothing() {
    var phones = phones(3);
    Task task = broadcast();
    taken(task, phones.get(0));
    taken(task, phones.get(1), new RecallRequested(NOW));

    broadcasts().expire(task.id(), OVER.minusMillis(1));

    assertCensus(task, Map.of(DeliveryStatus.SENDING, 1, DeliveryStatus.RECALLING, 1), 0);
    assertThat(waiting(phones.get(2))).containsExactly(task.id());
    assertThat(broadcasts().due(OVER, MANY)).containsExactly(task.id());
  }

  @Test
  void fiftyRacersForOneDelivery_haveOneWhoTakesItFirst() {
    Registration phone = aPhone();
    Task task = broadcast();

    var moves = ConcurrentCalls.among(50, _ -> record(of(task, phone), new Claimed(NOW)));

    assertThat(moves)
        .filteredOn(move -> move instanceof Moved(var from, var _) && from instanceof Queued)
        .hasSize(1);
    assertCensus(task, Map.of(DeliveryStatus.SENDING, 1), 0);
  }

  @Test
  void racersToTakeAndToRecall_leaveNothingOutThatIsNotAskedBack() {
    var phones = phones(40);
    Task task = broadcast();

    var moves =
        ConcurrentCalls.among(
            phones.size() + 1,
            i -> {
              if (i == phones.size() / 2) {
                broadcasts().recall(task.id(), NOW);
                return false;
              }
              DeliveryId id = of(task, phones.get(i < phones.size() ? i : phones.size() / 2));
              return record(id, new Claimed(NOW)) instanceof Moved;
            });

    int taken = (int) moves.stream().filter(moved -> moved).count();
    assertCensus(task, taken == 0 ? Map.of() : Map.of(DeliveryStatus.RECALLING, taken), 0);
    phones.forEach(phone -> assertThat(waiting(phone)).isEmpty());
  }
}
