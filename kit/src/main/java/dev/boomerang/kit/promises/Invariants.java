// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.RecallReport.Part;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.promises.SimulatedDevice.Sight;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Delivery.TimelineEntry;
import dev.boomerang.lifecycle.DeliveryFunnel;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Final;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalled.Outcome;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.DeliveryCounts;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.schedule.Occurrence;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.WebhookOutbox;
import dev.boomerang.port.WebhookOutbox.PendingEvent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Checks what must hold when nothing is under way: the server's records against what the devices
/// really saw.
final class Invariants {
  private final Engine engine;
  private final PromiseChecker observer;
  private final List<SimulatedDevice> devices;
  private final List<Task> tasks;

  Invariants(
      Engine engine, PromiseChecker observer, List<SimulatedDevice> devices, List<Task> tasks) {
    this.engine = engine;
    this.observer = observer;
    this.devices = devices;
    this.tasks = tasks;
  }

  void atRest() {
    for (Task task : tasks) {
      accounted(task);
      for (SimulatedDevice device : devices) {
        delivery(task, device).ifPresent(delivery -> compare(delivery, device));
      }
    }
  }

  void afterAllTime() {
    for (Task task : tasks) {
      accounted(task);
      for (Delivery delivery : all(task)) {
        DeliveryState state = delivery.state();
        boolean ended =
            state instanceof Final
                || state instanceof Delivered
                || state instanceof Shown
                || state instanceof Abandoned;
        that(ended, "Accounted", "still undecided", delivery);
      }
    }
  }

  /// Checks that a schedule fires once, or never if it was cancelled or came too late.
  void firedOnce(List<ScheduleId> schedules) {
    for (ScheduleId schedule : schedules) {
      for (ScheduledOccurrence scheduledOccurrence :
          engine.schedules().ofSchedule(Fixtures.SHOP, schedule)) {
        Occurrence occurrence = scheduledOccurrence.occurrence();
        boolean late =
            switch (occurrence.status()) {
              case OccurrenceStatus.Fired(var _, var at) -> at.isBefore(occurrence.dueAt());
              case OccurrenceStatus.Cancelled _ -> false;
              case OccurrenceStatus.Dropped(var at, var _) ->
                  at.isBefore(
                      occurrence
                          .dueAt()
                          .plus(scheduledOccurrence.schedule().push().options().lifetime()));
              case OccurrenceStatus.Pending _, OccurrenceStatus.Firing _ -> true;
            };
        if (late) {
          throw new AssertionError("Timely: " + occurrence);
        }
      }
    }
    if (tasks.stream().distinct().count() != tasks.size()) {
      throw new AssertionError("Timely: a firing counts twice");
    }
  }

  /// Every task of the store is one we know: none was pushed twice.
  void nothingElse() {
    var filter =
        new TaskStore.Filter(
            Fixtures.SHOP,
            EnumSet.allOf(Source.Kind.class),
            Instant.EPOCH,
            Instant.parse("2100-01-01T00:00:00Z"),
            Optional.empty());
    int stored = engine.tasks().list(filter, 0, Integer.MAX_VALUE).size();
    if (stored != tasks.size()) {
      throw new AssertionError("Idempotent: " + tasks.size() + " pushes made " + stored + " tasks");
    }
  }

  /// Checks that at most one push of a chain of overrides is alive for a device, in the records and
  /// on the screen.
  void newest(Map<TaskId, TaskId> roots) {
    for (SimulatedDevice device : devices) {
      var shown = new HashSet<TaskId>();
      for (Task task : tasks) {
        TaskId root = roots.getOrDefault(task.id(), task.id());
        Optional<Delivery> delivery = delivery(task, device);
        boolean alive =
            delivery
                .map(Delivery::state)
                .filter(state -> state instanceof Shown || state instanceof Delivered)
                .isPresent();
        if (alive && !shown.add(root)) {
          that(false, "Newest", "two of a chain are alive", delivery.orElseThrow());
        }
      }
    }
  }

  /// Checks that each webhook has one event for what became of each delivery, in order. It passes
  /// over the deliveries of broadcasts that ended with all others, and nothing else.
  void delivered(WebhookOutbox outbox, Instant now) {
    for (Task task : tasks) {
      Map<RegistrationId, List<EventType>> delivered =
          outbox.claim(task.id(), now, now.plusSeconds(60), Integer.MAX_VALUE).stream()
              .flatMap(batch -> batch.pendingEvents().stream())
              .collect(
                  Collectors.groupingBy(
                      PendingEvent::registration,
                      Collectors.mapping(PendingEvent::eventType, Collectors.toList())));
      for (Delivery delivery : all(task)) {
        delivered(task, delivery, delivered.getOrDefault(delivery.id().registration(), List.of()));
      }
    }
  }

  private void delivered(Task task, Delivery delivery, List<EventType> delivered) {
    DeliveryState state = delivery.state();
    boolean opened = state instanceof Opened;
    that(
        delivered.contains(EventType.CLICKED) == opened,
        "Accounted",
        "delivered " + delivered,
        delivery);
    List<EventType> reception =
        delivered.stream().filter(eventType -> eventType != EventType.CLICKED).toList();
    boolean onlyTheDeviceKnows =
        state instanceof Abandoned abandoned
            && !(abandoned.cause() instanceof Abandoned.Cause.LifetimeOver);
    boolean mayBeSilent = task.isBroadcast() || onlyTheDeviceKnows;
    that(
        reception.size() == 1 || (reception.isEmpty() && mayBeSilent),
        "Accounted",
        "delivered " + delivered,
        delivery);
    that(
        reception.isEmpty() || delivered.getFirst() != EventType.CLICKED,
        "Ordered",
        "delivered " + delivered,
        delivery);
    boolean arrived =
        delivery.timeline().stream()
            .map(TimelineEntry::status)
            .anyMatch(
                deliveryStatus ->
                    deliveryStatus == DeliveryStatus.DELIVERED
                        || deliveryStatus == DeliveryStatus.SHOWN);
    if (!task.isBroadcast() && arrived) {
      that(
          reception.equals(List.of(EventType.RECEIVED)),
          "Accounted",
          "delivered " + delivered,
          delivery);
    }
    if (state instanceof Expired) {
      that(
          !reception.contains(EventType.RECEIVED), "Accounted", "delivered " + delivered, delivery);
    }
  }

  private void tallied(Task task) {
    DeliveryCounts counted =
        all(task).stream()
            .map(delivery -> DeliveryFunnel.of(delivery.state()))
            .reduce(
                new DeliveryCounts(task.counts().unmatched(), 0, 0, 0, 0), DeliveryCounts::plus);
    DeliveryCounts reported = engine.statistics().ofTask(Fixtures.SHOP, task.id());
    if (!reported.equals(counted)) {
      throw new AssertionError("Accounted: reported " + reported + ", there are " + counted);
    }
  }

  private void accounted(Task task) {
    tallied(task);
    Tasks.View view = engine.tasks().view(Fixtures.SHOP, task.id()).orElseThrow();
    int counted = view.counts().values().stream().mapToInt(Integer::intValue).sum();
    if (counted + task.counts().unmatched() != view.total()) {
      throw new AssertionError("Accounted: " + view + " does not add up");
    }
    RecallResult foretold =
        engine
            .recalls()
            .dryRun(
                Fixtures.SHOP, task.id(), new dev.boomerang.model.push.Recall.Scope.WholeTask());
    if (foretold instanceof RecallResult.Preview(var report)
        && (report.total() != counted || report.count(Part.UNSUPPORTED) != 0)) {
      throw new AssertionError("Accounted: " + report + " is not about " + counted);
    }
  }

  private void compare(Delivery delivery, SimulatedDevice device) {
    DeliveryState state = delivery.state();
    Optional<Sight> sight = Optional.ofNullable(device.sights().get(delivery.id()));
    if (observer.wasRecalled(delivery.id())) {
      that(!sight.equals(Optional.of(Sight.SHOWN)), "Fence", "still on the screen", delivery);
      that(
          state instanceof Final || state instanceof Abandoned,
          "Accounted",
          "a recall that every device answered is still open",
          delivery);
    }
    switch (state) {
      case Opened _ -> saw(sight, Sight.OPENED, delivery);
      case Dismissed _ -> saw(sight, Sight.DISMISSED, delivery);
      case Shown _ -> saw(sight, Sight.SHOWN, delivery);
      case Recalled(_, Outcome outcome) when outcome == Outcome.PREVENTED ->
          that(!observer.everWritten(delivery.id()), "Accounted", "prevented, but sent", delivery);
      case Recalled _ -> saw(sight, Sight.WITHDRAWN, delivery);
      case Expired _ ->
          that(!observer.everWritten(delivery.id()), "Accounted", "expired, but sent", delivery);
      case Stopped _ ->
          that(!observer.everWritten(delivery.id()), "Accounted", "stopped, but sent", delivery);
      case Overridden(var _, var _, Overridden.Outcome outcome) -> {
        switch (outcome) {
          case PREVENTED ->
              that(
                  !observer.everWritten(delivery.id()),
                  "Accounted",
                  "prevented, but sent",
                  delivery);
          case REPLACED -> saw(sight, Sight.REPLACED, delivery);
        }
      }
      case Abandoned _, Delivered _, Final _ -> {}
      case DeliveryState.Scheduled _, DeliveryState.Pending _, DeliveryState.Queued _ ->
          that(false, "Durable", "every device was here, yet it waits", delivery);
      case DeliveryState.Sending _, DeliveryState.Sent _, DeliveryState.Recalling _ ->
          that(false, "Accounted", "every device answered, yet it is open", delivery);
    }
  }

  private static void saw(Optional<Sight> sight, Sight expected, Delivery delivery) {
    that(sight.equals(Optional.of(expected)), "Accounted", "the device saw " + sight, delivery);
  }

  private static void that(boolean holds, String promise, String what, Delivery delivery) {
    if (!holds) {
      throw new AssertionError(promise + ": " + what + ": " + delivery);
    }
  }

  private Optional<Delivery> delivery(Task task, SimulatedDevice device) {
    return engine.tasks().delivery(Fixtures.SHOP, task.id(), device.id);
  }

  private List<Delivery> all(Task task) {
    return engine.tasks().deliveries(Fixtures.SHOP, task.id(), "", 1_000);
  }
}
