// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import static dev.boomerang.model.push.Webhook.EventType.CLICKED;
import static dev.boomerang.model.push.Webhook.EventType.NOT_RECEIVED;
import static dev.boomerang.model.push.Webhook.EventType.RECEIVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.DeliveryEvent.Accepted;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DeadlinePassed;
import dev.boomerang.lifecycle.DeliveryEvent.DismissReported;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.Rejected;
import dev.boomerang.lifecycle.DeliveryEvent.ReplacedOnDevice;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryEvent.StopRequested;
import dev.boomerang.lifecycle.DeliveryEvent.Superseded;
import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawConfirmed;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawFailed;
import dev.boomerang.lifecycle.DeliveryState.Failed;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.model.registration.ChannelId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Lives, and what is told of them.
class WebhookEventTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Recall.WINDOW);
  private static final Queued QUEUED = new Queued(NOW, ChannelId.SELF, 0);
  private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);
  private static final TaskId NEWER = new TaskId(9);

  private static final DeliveryEvent CLAIMED = new Claimed(NOW);
  private static final DeliveryEvent ARRIVED = new Arrived(NOW);
  private static final DeliveryEvent SHOWN = new ShownReported(NOW);
  private static final DeliveryEvent CLICK = new OpenReported(NOW);
  private static final DeliveryEvent RECALL = new RecallRequested(NOW);

  private static List<WebhookEvent> told(Set<EventType> asked, DeliveryEvent... events) {
    var webhookEvents = new ArrayList<WebhookEvent>();
    DeliveryState state = QUEUED;
    for (DeliveryEvent event : events) {
      if (Lifecycle.apply(state, event) instanceof Moved(var from, var to)) {
        webhookEvents.addAll(WebhookEvent.of(asked, from, to));
        state = to;
      }
    }
    return webhookEvents;
  }

  private static void tells(List<WebhookEvent> webhookEvents, EventType... events) {
    assertThat(webhookEvents).extracting(WebhookEvent::type).containsExactly(events);
  }

  private static void misses(String cause, DeliveryEvent... events) {
    assertThat(told(ALL, events)).containsExactly(new WebhookEvent(NOT_RECEIVED, cause));
  }

  @Test
  void delivery_onTheDevice_isReceivedOnce() {
    tells(told(ALL, CLAIMED));
    tells(told(ALL, CLAIMED, new Accepted(NOW, "id")));
    tells(told(ALL, CLAIMED, ARRIVED), RECEIVED);
    tells(told(ALL, CLAIMED, ARRIVED, SHOWN), RECEIVED);
    tells(told(ALL, CLAIMED, SHOWN), RECEIVED);
    tells(told(ALL, CLAIMED, ARRIVED, new DismissReported(NOW)), RECEIVED);
    tells(told(ALL, CLAIMED, new DismissReported(NOW)), RECEIVED);
    tells(told(ALL, CLAIMED, ARRIVED, new Unreachable(NOW, "gone")), RECEIVED);
    tells(told(ALL, CLAIMED, ARRIVED, new ReplacedOnDevice(NOW, NEWER)), RECEIVED);
  }

  @Test
  void delivery_opened_isReceivedBefore() {
    tells(told(ALL, CLAIMED, ARRIVED, SHOWN, CLICK, CLICK), RECEIVED, CLICKED);
    tells(told(ALL, CLAIMED, CLICK), RECEIVED, CLICKED);
    tells(told(ALL, CLAIMED, RECALL, CLICK), RECEIVED, CLICKED);
  }

  @Test
  void delivery_thatEndsBefore_isNotReceived_withItsCause() {
    misses("expired", new DeadlinePassed(NOW));
    misses("recalled", RECALL);
    misses("overridden", new Superseded(NOW, NEWER));
    misses("gone", new Unreachable(NOW, "gone"));
    misses("code", CLAIMED, new Rejected(NOW, "code"));
    misses("abandoned", CLAIMED, new DeadlinePassed(NOW));
    misses("abandoned", CLAIMED, new DeadlinePassed(NOW), new NotSent(NOW, 1));
    misses("recalled", CLAIMED, RECALL, new NotSent(NOW, 1));
    misses(Lifecycle.RECALL_UNANSWERED, CLAIMED, RECALL, new DeadlinePassed(LATER));
  }

  @Test
  void delivery_openedAfterItWasAbandoned_isClickedOnly() {
    tells(told(ALL, CLAIMED, new DeadlinePassed(NOW), CLICK), NOT_RECEIVED, CLICKED);
    tells(told(ALL, CLAIMED, new DeadlinePassed(NOW), RECALL, CLICK), NOT_RECEIVED, CLICKED);
  }

  /// Whether the device had it in time, the device says.
  @Test
  void delivery_whosePlaceWasTakenOnTheWay_waitsForTheDevicesWord() {
    DeliveryEvent newer = new Superseded(NOW, NEWER);

    tells(told(ALL, CLAIMED, newer));
    tells(told(ALL, CLAIMED, newer, new ReplacedOnDevice(NOW, NEWER)), RECEIVED);
    tells(told(ALL, CLAIMED, newer, CLICK), RECEIVED, CLICKED);
    misses("overridden", CLAIMED, newer, new NotSent(NOW, 1));
  }

  @Test
  void delivery_stopped_isNotReceived_unlessItIsOnItsWay() {
    DeliveryEvent stop = new StopRequested(NOW);

    misses("stopped", stop);
    misses("stopped", CLAIMED, stop, new NotSent(NOW, 1));
    tells(told(ALL, CLAIMED, stop));
    tells(told(ALL, CLAIMED, stop, CLICK), RECEIVED, CLICKED);
  }

  @Test
  void delivery_recalled_tellsWhatTheAnalysisCounts() {
    tells(told(ALL, CLAIMED, RECALL));
    tells(told(ALL, CLAIMED, RECALL, ARRIVED, new WithdrawConfirmed(NOW)), RECEIVED);
    tells(told(ALL, CLAIMED, RECALL, new WithdrawConfirmed(NOW)), RECEIVED);
    tells(told(ALL, CLAIMED, RECALL, new WithdrawFailed(NOW)), RECEIVED);
  }

  @Test
  void onlyWhatIsAskedFor_isTold() {
    tells(told(Set.of(), CLAIMED, ARRIVED, CLICK));
    tells(told(Set.of(CLICKED), CLAIMED, ARRIVED, CLICK), CLICKED);
    tells(told(Set.of(RECEIVED), CLAIMED, ARRIVED, CLICK), RECEIVED);
    tells(told(Set.of(CLICKED, RECEIVED), new DeadlinePassed(NOW)));
  }

  @Test
  void delivery_thatNeverBegins_tellsWhy() {
    var failed = new Failed(NOW, "no-channel");

    assertThat(WebhookEvent.beginning(ALL, failed))
        .containsExactly(new WebhookEvent(NOT_RECEIVED, "no-channel"));
    assertThat(WebhookEvent.beginning(Set.of(RECEIVED), failed)).isEmpty();
    assertThat(WebhookEvent.beginning(ALL, QUEUED)).isEmpty();
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
            new DismissReported(NOW),
            new DeadlinePassed(LATER),
            new WithdrawConfirmed(NOW),
            new WithdrawFailed(NOW),
            new Superseded(NOW, NEWER),
            new ReplacedOnDevice(NOW, NEWER),
            new StopRequested(NOW),
            new NotSent(NOW, 1),
            new Rejected(NOW, "code"),
            new Accepted(NOW, "id"),
            new Unreachable(NOW, "gone"));
    var random = new Random(7);
    for (int life = 0; life < 20_000; life++) {
      var chosen = new DeliveryEvent[8];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = events.get(random.nextInt(events.size()));
      }
      List<EventType> told = told(ALL, chosen).stream().map(WebhookEvent::type).toList();
      assertThat(told.stream().filter(eventType -> eventType != CLICKED).count())
          .isLessThanOrEqualTo(1);
      assertThat(told).doesNotHaveDuplicates();
      assertThat(told.indexOf(CLICKED)).isNotZero();
    }
  }
}
