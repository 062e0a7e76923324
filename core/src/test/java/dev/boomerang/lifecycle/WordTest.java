// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import static dev.boomerang.model.Callback.Event.CLICKED;
import static dev.boomerang.model.Callback.Event.NOT_RECEIVED;
import static dev.boomerang.model.Callback.Event.RECEIVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.DeliveryEvent.Accepted;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.Clicked;
import dev.boomerang.lifecycle.DeliveryEvent.Displayed;
import dev.boomerang.lifecycle.DeliveryEvent.NewerCame;
import dev.boomerang.lifecycle.DeliveryEvent.RecallAsked;
import dev.boomerang.lifecycle.DeliveryEvent.RecallDone;
import dev.boomerang.lifecycle.DeliveryEvent.RecallMissed;
import dev.boomerang.lifecycle.DeliveryEvent.Rejected;
import dev.boomerang.lifecycle.DeliveryEvent.Replaced;
import dev.boomerang.lifecycle.DeliveryEvent.StopAsked;
import dev.boomerang.lifecycle.DeliveryEvent.SweptAway;
import dev.boomerang.lifecycle.DeliveryEvent.TimeUp;
import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.Callback.Event;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Recall;
import dev.boomerang.model.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Lives, and what is told of them.
class WordTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Recall.WINDOW);
  private static final Queued QUEUED = new Queued(NOW, ChannelId.SELF, 0);
  private static final Set<Event> ALL = EnumSet.allOf(Event.class);
  private static final TaskId NEWER = new TaskId(9);

  private static final DeliveryEvent CLAIMED = new Claimed(NOW);
  private static final DeliveryEvent ARRIVED = new Arrived(NOW);
  private static final DeliveryEvent SHOWN = new Displayed(NOW);
  private static final DeliveryEvent CLICK = new Clicked(NOW);
  private static final DeliveryEvent RECALL = new RecallAsked(NOW);

  private static List<Word> told(Set<Event> asked, DeliveryEvent... events) {
    var words = new ArrayList<Word>();
    DeliveryState state = QUEUED;
    for (DeliveryEvent event : events) {
      if (Lifecycle.apply(state, event) instanceof Moved(var from, var to)) {
        words.addAll(Word.of(asked, from, to));
        state = to;
      }
    }
    return words;
  }

  private static void tells(List<Word> words, Event... events) {
    assertThat(words).extracting(Word::event).containsExactly(events);
  }

  private static void misses(String cause, DeliveryEvent... events) {
    assertThat(told(ALL, events)).containsExactly(new Word(NOT_RECEIVED, cause));
  }

  @Test
  void delivery_onTheDevice_isReceivedOnce() {
    tells(told(ALL, CLAIMED));
    tells(told(ALL, CLAIMED, new Accepted(NOW, "id")));
    tells(told(ALL, CLAIMED, ARRIVED), RECEIVED);
    tells(told(ALL, CLAIMED, ARRIVED, SHOWN), RECEIVED);
    tells(told(ALL, CLAIMED, SHOWN), RECEIVED);
    tells(told(ALL, CLAIMED, ARRIVED, new SweptAway(NOW)), RECEIVED);
    tells(told(ALL, CLAIMED, new SweptAway(NOW)), RECEIVED);
    tells(told(ALL, CLAIMED, ARRIVED, new Unreachable(NOW, "gone")), RECEIVED);
    tells(told(ALL, CLAIMED, ARRIVED, new Replaced(NOW, NEWER)), RECEIVED);
  }

  @Test
  void delivery_opened_isReceivedBefore() {
    tells(told(ALL, CLAIMED, ARRIVED, SHOWN, CLICK, CLICK), RECEIVED, CLICKED);
    tells(told(ALL, CLAIMED, CLICK), RECEIVED, CLICKED);
    tells(told(ALL, CLAIMED, RECALL, CLICK), RECEIVED, CLICKED);
  }

  @Test
  void delivery_thatEndsBefore_isNotReceived_withItsCause() {
    misses("expired", new TimeUp(NOW));
    misses("recalled", RECALL);
    misses("overridden", new NewerCame(NOW, NEWER));
    misses("gone", new Unreachable(NOW, "gone"));
    misses("code", CLAIMED, new Rejected(NOW, "code"));
    misses("lapsed", CLAIMED, new TimeUp(NOW));
    misses("lapsed", CLAIMED, new TimeUp(NOW), new Unwritten(NOW, 1));
    misses("recalled", CLAIMED, RECALL, new Unwritten(NOW, 1));
    misses(Lifecycle.RECALL_UNANSWERED, CLAIMED, RECALL, new TimeUp(LATER));
  }

  @Test
  void delivery_openedAfterItLapsed_isClickedOnly() {
    tells(told(ALL, CLAIMED, new TimeUp(NOW), CLICK), NOT_RECEIVED, CLICKED);
    tells(told(ALL, CLAIMED, new TimeUp(NOW), RECALL, CLICK), NOT_RECEIVED, CLICKED);
  }

  /// Whether the device had it in time, the device says.
  @Test
  void delivery_whosePlaceWasTakenOnTheWay_waitsForTheDevicesWord() {
    DeliveryEvent newer = new NewerCame(NOW, NEWER);

    tells(told(ALL, CLAIMED, newer));
    tells(told(ALL, CLAIMED, newer, new Replaced(NOW, NEWER)), RECEIVED);
    tells(told(ALL, CLAIMED, newer, CLICK), RECEIVED, CLICKED);
    misses("overridden", CLAIMED, newer, new Unwritten(NOW, 1));
  }

  @Test
  void delivery_stopped_isNotReceived_unlessItIsOnItsWay() {
    DeliveryEvent stop = new StopAsked(NOW);

    misses("stopped", stop);
    misses("stopped", CLAIMED, stop, new Unwritten(NOW, 1));
    tells(told(ALL, CLAIMED, stop));
    tells(told(ALL, CLAIMED, stop, CLICK), RECEIVED, CLICKED);
  }

  @Test
  void delivery_recalled_tellsWhatTheAnalysisCounts() {
    tells(told(ALL, CLAIMED, RECALL));
    tells(told(ALL, CLAIMED, RECALL, ARRIVED, new RecallDone(NOW)), RECEIVED);
    tells(told(ALL, CLAIMED, RECALL, new RecallDone(NOW)), RECEIVED);
    tells(told(ALL, CLAIMED, RECALL, new RecallMissed(NOW)), RECEIVED);
  }

  @Test
  void onlyWhatIsAskedFor_isTold() {
    tells(told(Set.of(), CLAIMED, ARRIVED, CLICK));
    tells(told(Set.of(CLICKED), CLAIMED, ARRIVED, CLICK), CLICKED);
    tells(told(Set.of(RECEIVED), CLAIMED, ARRIVED, CLICK), RECEIVED);
    tells(told(Set.of(CLICKED, RECEIVED), new TimeUp(NOW)));
  }

  @Test
  void delivery_thatNeverBegins_tellsWhy() {
    var failed = new Failed(NOW, "no-channel");

    assertThat(Word.beginning(ALL, failed)).containsExactly(new Word(NOT_RECEIVED, "no-channel"));
    assertThat(Word.beginning(Set.of(RECEIVED), failed)).isEmpty();
    assertThat(Word.beginning(ALL, QUEUED)).isEmpty();
  }

  @Test
  void anyLife_tellsOfTheReceptionOnce_andBeforeTheClick() {
    var events =
        List.of(
            CLAIMED,
            ARRIVED,
            SHOWN,
            CLICK,
            RECALL,
            new SweptAway(NOW),
            new TimeUp(LATER),
            new RecallDone(NOW),
            new RecallMissed(NOW),
            new NewerCame(NOW, NEWER),
            new Replaced(NOW, NEWER),
            new StopAsked(NOW),
            new Unwritten(NOW, 1),
            new Rejected(NOW, "code"),
            new Accepted(NOW, "id"),
            new Unreachable(NOW, "gone"));
    var random = new Random(7);
    for (int life = 0; life < 20_000; life++) {
      var chosen = new DeliveryEvent[8];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = events.get(random.nextInt(events.size()));
      }
      List<Event> told = told(ALL, chosen).stream().map(Word::event).toList();
      assertThat(told.stream().filter(event -> event != CLICKED).count()).isLessThanOrEqualTo(1);
      assertThat(told).doesNotHaveDuplicates();
      assertThat(told.indexOf(CLICKED)).isNotZero();
    }
  }
}
