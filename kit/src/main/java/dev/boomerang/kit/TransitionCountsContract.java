// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static dev.boomerang.kit.Given.aPush;
import static dev.boomerang.kit.Given.aRegistrationId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.Displayed;
import dev.boomerang.lifecycle.DeliveryEvent.RecallAsked;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Task;
import dev.boomerang.port.PaceStore.Release;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Added;
import dev.boomerang.port.TaskStore.Addition;
import dev.boomerang.port.TaskStore.Result;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Whatever moves deliveries tells how many came into which state: what it tells is what the states
/// counted before and after differ by. That holds for steps that move many at once, too.
public abstract class TransitionCountsContract extends BroadcastContract {
  private static final int NODE = 3;
  private static final Slot PLACE = new Slot("n:place");

  private Map<Phase, Integer> counted(List<Task> tasks) {
    Map<Phase, Integer> sum = new EnumMap<>(Phase.class);
    for (Task task : tasks) {
      store()
          .deliveries()
          .counts(task.id())
          .forEach((phase, n) -> sum.merge(phase, n, Integer::sum));
    }
    return sum;
  }

  /// Takes a step that makes no delivery of `tasks`; returns what it moved.
  private Map<Phase, Long> moved(List<Task> tasks, Supplier<TransitionCounts> step) {
    Map<Phase, Integer> before = counted(tasks);
    TransitionCounts told = step.get();
    assertThat(told).isEqualTo(TransitionCounts.between(before, counted(tasks)));
    return told.into();
  }

  /// One that went back, one on its way, one on a screen.
  private Task taken() {
    List<Registration> phones = phones(4);
    Task task = broadcast();
    taken(task, phones.get(0), new Unwritten(NOW, 1));
    taken(task, phones.get(1));
    taken(task, phones.get(2), new Displayed(NOW));
    return task;
  }

  @Test
  void recallOfABroadcast() {
    Task task = taken();

    assertThat(moved(List.of(task), () -> broadcasts().recall(task.id(), NOW)))
        .isEqualTo(Map.of(Phase.RECALLED, 1L, Phase.RECALLING, 2L));
    assertThat(moved(List.of(task), () -> broadcasts().recall(task.id(), NOW))).isEmpty();
    assertThat(moved(List.of(task), () -> broadcasts().timeUp(task.id(), GIVEN_UP)))
        .isEqualTo(Map.of(Phase.FAILED, 2L));
  }

  @Test
  void stopOfABroadcast() {
    Task task = taken();

    assertThat(moved(List.of(task), () -> broadcasts().stop(task.id(), NOW)))
        .isEqualTo(Map.of(Phase.STOPPED, 1L, Phase.LAPSED, 1L));
    assertThat(moved(List.of(task), () -> broadcasts().stop(task.id(), NOW))).isEmpty();
  }

  @Test
  void endOfABroadcastsTime() {
    Task task = taken();

    assertThat(moved(List.of(task), () -> broadcasts().timeUp(task.id(), NOW))).isEmpty();
    assertThat(moved(List.of(task), () -> broadcasts().timeUp(task.id(), task.expiresAt())))
        .isEqualTo(Map.of(Phase.EXPIRED, 1L, Phase.LAPSED, 1L));
  }

  @Test
  void release_andRecall_ofAPacedOne() {
    phones(5);
    var everyone = store().segments().resolve(SHOP, new Segment.All(List.of()));
    Task task = accept(aPush().paced(everyone, new Pace.PerSecond(7))).task();
    store().paces().lease(NODE, NOW, NOW.plusSeconds(10));

    assertThat(moved(List.of(task), () -> released(task, 3))).isEqualTo(Map.of(Phase.QUEUED, 3L));
    assertThat(moved(List.of(task), () -> broadcasts().recall(task.id(), NOW)))
        .isEqualTo(Map.of(Phase.RECALLED, 5L));
    assertThat(moved(List.of(task), () -> released(task, 3))).isEmpty();
  }

  private TransitionCounts released(Task task, int count) {
    Optional<Release> release = store().paces().release(task.id(), NODE, count, NOW);
    return release.map(Release::moved).orElse(TransitionCounts.NONE);
  }

  @Test
  void overrideInsideAnAcceptance_ofRowsAndOfBroadcasts() {
    Registration here = aPhone();
    Registration away = aPhone();
    Task rows = accept(aPush().to(here.id(), away.id()).in(PLACE)).task();
    Acceptance toAll = aPush().in(PLACE).toEveryone(ALL, here.id()).build();

    assertThat(moved(List.of(rows), () -> stored(toAll))).isEqualTo(Map.of(Phase.OVERRIDDEN, 2L));

    Acceptance newest = aPush().in(PLACE).to(here.id()).build();
    assertThat(moved(List.of(rows, toAll.task()), () -> stored(newest)))
        .isEqualTo(Map.of(Phase.LAPSED, 1L));
  }

  private TransitionCounts stored(Acceptance acceptance) {
    return store().tasks().accept(acceptance) instanceof Result.Stored(var _, var moved)
        ? moved
        : TransitionCounts.NONE;
  }

  @Test
  void additionToAnOpenTask_thatTakesAnOthersPlace() {
    RegistrationId phone = aRegistrationId();
    Task older = accept(aPush().to(phone).in(PLACE)).task();
    Task open = accept(aPush().in(PLACE).open(Strategy.ONLINE_ELSE_VENDOR)).task();
    Delivery delivery =
        Delivery.begin(
            new DeliveryId(open.id(), phone),
            SHOP,
            Platform.ANDROID,
            0,
            open.expiresAt(),
            new Queued(NOW, ChannelId.SELF, 0));

    assertThat(moved(List.of(older), () -> added(new Addition(open, List.of(delivery), 0))))
        .isEqualTo(Map.of(Phase.OVERRIDDEN, 1L));
  }

  private TransitionCounts added(Addition addition) {
    return store().tasks().add(addition) instanceof Added.Stored(var _, var _, var moved)
        ? moved
        : TransitionCounts.NONE;
  }

  @Test
  void eventsOfSingleDeliveries() {
    Task task = taken();
    Registration phone = aPhone();

    assertThat(
            moved(
                List.of(task),
                () -> TransitionCounts.of(List.of(record(of(task, phone), new RecallAsked(NOW))))))
        .isEqualTo(Map.of(Phase.RECALLED, 1L));
  }
}
