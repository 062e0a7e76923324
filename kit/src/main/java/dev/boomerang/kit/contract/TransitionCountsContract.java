// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.RecallRequested;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.TransitionCounts;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.PacedRunStore.Release;
import dev.boomerang.port.TaskStore.AcceptResult;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.AddResult;
import dev.boomerang.port.TaskStore.Addition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Whatever moves deliveries tells how many came into which state: what it tells is what the states
/// counted before and after differ by. That holds for steps that move many at once, too.
public abstract class TransitionCountsContract extends BroadcastLifecycleContract {
  private static final int NODE = 3;
  private static final CollapseKey PLACE = new CollapseKey("n:place");

  private Map<DeliveryStatus, Integer> counted(List<Task> tasks) {
    Map<DeliveryStatus, Integer> sum = new EnumMap<>(DeliveryStatus.class);
    for (Task task : tasks) {
      store()
          .deliveries()
          .counts(task.id())
          .forEach((deliveryStatus, n) -> sum.merge(deliveryStatus, n, Integer::sum));
    }
    return sum;
  }

  /// Takes a step that makes no delivery of `tasks`; returns what it moved.
  private Map<DeliveryStatus, Long> moved(List<Task> tasks, Supplier<TransitionCounts> step) {
    Map<DeliveryStatus, Integer> before = counted(tasks);
    TransitionCounts reported = step.get();
    assertThat(reported).isEqualTo(TransitionCounts.between(before, counted(tasks)));
    return reported.into();
  }

  /// Stores a task of three deliveries: one that went back, one on its way, one on a screen.
  private Task taken() {
    List<Registration> phones = phones(4);
    Task task = broadcast();
    taken(task, phones.get(0), new NotSent(NOW, 1));
    taken(task, phones.get(1));
    taken(task, phones.get(2), new ShownReported(NOW));
    return task;
  }

  @Test
  void recallOfABroadcast() {
    Task task = taken();

    assertThat(moved(List.of(task), () -> broadcasts().recall(task.id(), NOW)))
        .isEqualTo(Map.of(DeliveryStatus.RECALLED, 1L, DeliveryStatus.RECALLING, 2L));
    assertThat(moved(List.of(task), () -> broadcasts().recall(task.id(), NOW))).isEmpty();
    assertThat(moved(List.of(task), () -> broadcasts().expire(task.id(), GIVEN_UP)))
        .isEqualTo(Map.of(DeliveryStatus.FAILED, 2L));
  }

  @Test
  void stopOfABroadcast() {
    Task task = taken();

    assertThat(moved(List.of(task), () -> broadcasts().stop(task.id(), NOW)))
        .isEqualTo(Map.of(DeliveryStatus.STOPPED, 1L, DeliveryStatus.ABANDONED, 1L));
    assertThat(moved(List.of(task), () -> broadcasts().stop(task.id(), NOW))).isEmpty();
  }

  @Test
  void endOfABroadcastsTime() {
    Task task = taken();

    assertThat(moved(List.of(task), () -> broadcasts().expire(task.id(), NOW))).isEmpty();
    assertThat(moved(List.of(task), () -> broadcasts().expire(task.id(), task.expiresAt())))
        .isEqualTo(Map.of(DeliveryStatus.EXPIRED, 1L, DeliveryStatus.ABANDONED, 1L));
  }

  @Test
  void release_andRecall_ofAPacedOne() {
    phones(5);
    var everyone = store().segments().resolve(SHOP, new Segment.All(List.of()));
    Task task = accept(aPush().paced(everyone, new SendRate.PerSecond(7))).task();
    store().pacedRuns().lease(NODE, NOW, NOW.plusSeconds(10));

    assertThat(moved(List.of(task), () -> released(task, 3)))
        .isEqualTo(Map.of(DeliveryStatus.QUEUED, 3L));
    assertThat(moved(List.of(task), () -> broadcasts().recall(task.id(), NOW)))
        .isEqualTo(Map.of(DeliveryStatus.RECALLED, 5L));
    assertThat(moved(List.of(task), () -> released(task, 3))).isEmpty();
  }

  private TransitionCounts released(Task task, int count) {
    Optional<Release> release = store().pacedRuns().release(task.id(), NODE, count, NOW);
    return release.map(Release::moved).orElse(TransitionCounts.NONE);
  }

  @Test
  void overrideInsideAnAcceptance_ofRowsAndOfBroadcasts() {
    Registration here = aPhone();
    Registration away = aPhone();
    Task rows = accept(aPush().to(here.id(), away.id()).in(PLACE)).task();
    Acceptance toAll = aPush().in(PLACE).toEveryone(ALL, here.id()).build();

    assertThat(moved(List.of(rows), () -> stored(toAll)))
        .isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 2L));

    Acceptance newest = aPush().in(PLACE).to(here.id()).build();
    assertThat(moved(List.of(rows, toAll.task()), () -> stored(newest)))
        .isEqualTo(Map.of(DeliveryStatus.ABANDONED, 1L));
  }

  private TransitionCounts stored(Acceptance acceptance) {
    return store().tasks().accept(acceptance) instanceof AcceptResult.Stored(var _, var moved)
        ? moved
        : TransitionCounts.NONE;
  }

  @Test
  void additionToAnOpenTask_thatTakesAnOthersPlace() {
    RegistrationId phone = aRegistrationId();
    Task older = accept(aPush().to(phone).in(PLACE)).task();
    Task open = accept(aPush().in(PLACE).open(Strategy.ONLINE_ELSE_VENDOR)).task();
    Delivery delivery =
        Delivery.create(
            new DeliveryId(open.id(), phone),
            SHOP,
            Platform.ANDROID,
            0,
            open.expiresAt(),
            new Queued(NOW, ChannelId.SELF, 0));

    assertThat(moved(List.of(older), () -> added(new Addition(open, List.of(delivery), 0))))
        .isEqualTo(Map.of(DeliveryStatus.OVERRIDDEN, 1L));
  }

  private TransitionCounts added(Addition addition) {
    return store().tasks().add(addition) instanceof AddResult.Stored(var _, var _, var moved)
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
                () ->
                    TransitionCounts.of(
                        List.of(record(of(task, phone), new RecallRequested(NOW))))))
        .isEqualTo(Map.of(DeliveryStatus.RECALLED, 1L));
  }
}
