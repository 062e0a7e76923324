// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static dev.boomerang.kit.Given.aPush;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.Clicked;
import dev.boomerang.lifecycle.DeliveryEvent.Displayed;
import dev.boomerang.lifecycle.DeliveryEvent.RecallAsked;
import dev.boomerang.lifecycle.DeliveryEvent.RecallDone;
import dev.boomerang.lifecycle.DeliveryEvent.RecallMissed;
import dev.boomerang.lifecycle.DeliveryEvent.SweptAway;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.lifecycle.Transition.Stale;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Recall;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How pushes to everyone end: recalled, or with their time. As with [BroadcastStoreContract], a
/// store that numbers its registrations had better begin where its numbers carry over.
public abstract class BroadcastEndContract extends BroadcastContract {
  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(new RecallDone(NOW), Phase.RECALLED, 0),
        Arguments.of(new RecallMissed(NOW), Phase.TOO_LATE, 0),
        Arguments.of(new Clicked(NOW), Phase.OPENED, 0),
        Arguments.of(new SweptAway(NOW), Phase.DISMISSED, 0),
        Arguments.of(new Unwritten(NOW, 1), Phase.RECALLED, 1));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answer_toARecall_endsTheDelivery(DeliveryEvent answer, Phase phase, int prevented) {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    DeliveryId id = of(task, phones.get(0));

    assertThat(record(id, answer)).isInstanceOf(Moved.class);

    assertThat(phase(id)).isEqualTo(phase);
    assertThat(recalling(phones.get(0))).isEmpty();
    assertThat(recalling(phones.get(1))).containsExactly(of(task, phones.get(1)));
    assertCensus(task, Map.of(Phase.RECALLING, 1, phase, 1), prevented);
    assertThat(record(id, new Clicked(NOW))).isInstanceOf(Stale.class);
    assertThat(phase(id)).isEqualTo(phase);
  }

  @Test
  void recall_asksBackWhatMayBeOut_andPreventsTheRest() {
    Registration away = aPhone();
    Registration back = aPhone();
    Registration out = aPhone();
    Registration shown = aPhone();
    Registration opened = aPhone();
    Task task = broadcast();
    taken(task, back, new Unwritten(NOW, 1));
    taken(task, out);
    taken(task, shown, new Displayed(NOW));
    taken(task, opened, new Clicked(NOW));

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
    assertCensus(task, Map.of(Phase.RECALLED, 1, Phase.RECALLING, 2, Phase.OPENED, 1), 1);
  }

  @Test
  void recall_again_changesNothing() {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    record(of(task, phones.get(0)), new RecallDone(NOW));

    broadcasts().recall(task.id(), NOW.plusSeconds(60));

    assertCensus(task, Map.of(Phase.RECALLED, 1, Phase.RECALLING, 1), 0);
    broadcasts().timeUp(task.id(), GIVEN_UP);
    assertCensus(task, Map.of(Phase.RECALLED, 1, Phase.FAILED, 1), 0);
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
    assertCensus(other, Map.of(Phase.SENDING, 1), 0);
  }

  @Test
  void recallOfOneDelivery_leavesItsBroadcastOpen() {
    var phones = phones(3);
    Task task = broadcast();
    taken(task, phones.get(0));

    record(of(task, phones.get(0)), new RecallAsked(NOW));
    record(of(task, phones.get(1)), new RecallAsked(NOW));

    assertThat(recalling(phones.get(0))).containsExactly(of(task, phones.get(0)));
    assertThat(recalling(phones.get(1))).isEmpty();
    assertThat(waiting(phones.get(0))).isEmpty();
    assertThat(waiting(phones.get(1))).isEmpty();
    assertThat(waiting(phones.get(2))).containsExactly(task.id());
    assertCensus(task, Map.of(Phase.RECALLING, 1, Phase.RECALLED, 1), 1);
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
    broadcasts().timeUp(tasks.get(0).id(), tasks.get(0).expiresAt());
    record(ids.get(1), new Clicked(NOW));
    broadcasts().recall(tasks.get(2).id(), NOW);

    assertThat(held(phone, TaskId.NONE, MANY)).containsExactly(ids.get(0), ids.get(3));
    assertThat(held(aPhone(), TaskId.NONE, MANY)).isEmpty();
  }

  private List<DeliveryId> held(Registration phone, TaskId after, int limit) {
    return broadcasts().held(phone.id(), phone.app(), after, limit);
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

    broadcasts().timeUp(early.id(), end);

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
    taken(task, back, new Unwritten(NOW, 1));
    taken(task, out);
    taken(task, arrived, new Arrived(NOW));
    taken(task, asked, new RecallAsked(NOW));

    broadcasts().timeUp(task.id(), OVER);

    assertThat(phase(of(task, away))).isEqualTo(Phase.EXPIRED);
    assertThat(record(of(task, away), new Claimed(OVER))).isInstanceOf(Stale.class);
    assertThat(phase(of(task, back))).isEqualTo(Phase.EXPIRED);
    assertThat(phase(of(task, out))).isEqualTo(Phase.LAPSED);
    assertCensus(
        task, Map.of(Phase.EXPIRED, 1, Phase.LAPSED, 1, Phase.DELIVERED, 1, Phase.RECALLING, 1), 0);
    assertThat(record(of(task, out), new Unwritten(OVER, 1))).isInstanceOf(Moved.class);
    assertThat(phase(of(task, out))).isEqualTo(Phase.EXPIRED);
  }

  @Test
  void recall_afterTheEnd_stillAsksBackWhatMayBeOut() {
    Registration away = aPhone();
    Registration out = aPhone();
    Task task = broadcast();
    taken(task, out);
    broadcasts().timeUp(task.id(), OVER);

    broadcasts().recall(task.id(), OVER);

    assertThat(recalling(out)).containsExactly(of(task, out));
    assertThat(phase(of(task, away))).isEqualTo(Phase.RECALLED);
    assertThat(broadcasts().due(OVER.plus(Recall.WINDOW).minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(OVER.plus(Recall.WINDOW), MANY)).containsExactly(task.id());
  }

  @Test
  void recallThatNobodyAnswers_endsAfterItsWindow() {
    var phones = phones(2);
    Task task = broadcast();
    phones.forEach(phone -> taken(task, phone));
    broadcasts().recall(task.id(), NOW);
    broadcasts().timeUp(task.id(), OVER);
    record(of(task, phones.get(0)), new RecallDone(OVER));

    assertThat(broadcasts().due(GIVEN_UP.minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(GIVEN_UP, MANY)).containsExactly(task.id());
    broadcasts().timeUp(task.id(), GIVEN_UP);

    assertCensus(task, Map.of(Phase.RECALLED, 1, Phase.FAILED, 1), 0);
    assertThat(recalling(phones.get(1))).isEmpty();
    assertThat(broadcasts().due(GIVEN_UP, MANY)).isEmpty();
  }

  @Test
  void endOfOneRecallsWindow_leavesABroadcastThatLivesOnAsItIs() {
    var phones = phones(3);
    Task task = accept(aPush().living(Duration.ofDays(30)).toEveryone(ALL)).task();
    taken(task, phones.get(0), new RecallAsked(NOW));
    taken(task, phones.get(1));

    broadcasts().timeUp(task.id(), GIVEN_UP);

    assertCensus(task, Map.of(Phase.FAILED, 1, Phase.SENDING, 1), 0);
    assertThat(waiting(phones.get(1), GIVEN_UP)).containsExactly(task.id());
    assertThat(waiting(phones.get(2), GIVEN_UP)).containsExactly(task.id());
    assertThat(broadcasts().due(task.expiresAt().minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(task.expiresAt(), MANY)).containsExactly(task.id());
  }

  @Test
  void recallsWindow_isTheLastRecalls_andNotOfWordsInBetween() {
    var phones = phones(2);
    Task task = broadcast();
    taken(task, phones.get(0), new RecallAsked(NOW));
    taken(task, phones.get(1), new RecallAsked(NOW.plusSeconds(10)));
    record(of(task, phones.get(0)), new Arrived(NOW.plusSeconds(20)));
    broadcasts().timeUp(task.id(), OVER);
    Instant end = GIVEN_UP.plusSeconds(10);

    assertThat(broadcasts().due(end.minusMillis(1), MANY)).isEmpty();
    assertThat(broadcasts().due(end, MANY)).containsExactly(task.id());
    broadcasts().timeUp(task.id(), end);

    assertCensus(task, Map.of(Phase.FAILED, 2), 0);
  }

  @Test
  void timeUp_beforeAnythingIsDue_changesNothing() {
    var phones = phones(3);
    Task task = broadcast();
    taken(task, phones.get(0));
    taken(task, phones.get(1), new RecallAsked(NOW));

    broadcasts().timeUp(task.id(), OVER.minusMillis(1));

    assertCensus(task, Map.of(Phase.SENDING, 1, Phase.RECALLING, 1), 0);
    assertThat(waiting(phones.get(2))).containsExactly(task.id());
    assertThat(broadcasts().due(OVER, MANY)).containsExactly(task.id());
  }

  @Test
  void fiftyRacersForOneDelivery_haveOneWhoTakesItFirst() {
    Registration phone = aPhone();
    Task task = broadcast();

    var moves = Race.among(50, _ -> record(of(task, phone), new Claimed(NOW)));

    assertThat(moves)
        .filteredOn(move -> move instanceof Moved(var from, var _) && from instanceof Queued)
        .hasSize(1);
    assertCensus(task, Map.of(Phase.SENDING, 1), 0);
  }

  @Test
  void racersToTakeAndToRecall_leaveNothingOutThatIsNotAskedBack() {
    var phones = phones(40);
    Task task = broadcast();

    var moves =
        Race.among(
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
    assertCensus(task, taken == 0 ? Map.of() : Map.of(Phase.RECALLING, taken), 0);
    phones.forEach(phone -> assertThat(waiting(phone)).isEmpty());
  }
}
