// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.RecallOutcome;
import dev.boomerang.engine.RecallReport.Part;
import dev.boomerang.engine.Tasks;
import dev.boomerang.kit.Given;
import dev.boomerang.kit.promises.SimDevice.Sight;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Delivery.Step;
import dev.boomerang.lifecycle.DeliveryState;
import dev.boomerang.lifecycle.DeliveryState.Delivered;
import dev.boomerang.lifecycle.DeliveryState.Dismissed;
import dev.boomerang.lifecycle.DeliveryState.Expired;
import dev.boomerang.lifecycle.DeliveryState.Final;
import dev.boomerang.lifecycle.DeliveryState.Lapsed;
import dev.boomerang.lifecycle.DeliveryState.Opened;
import dev.boomerang.lifecycle.DeliveryState.Overridden;
import dev.boomerang.lifecycle.DeliveryState.Recalled;
import dev.boomerang.lifecycle.DeliveryState.Recalled.How;
import dev.boomerang.lifecycle.DeliveryState.Shown;
import dev.boomerang.lifecycle.DeliveryState.Stopped;
import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.Callback.Event;
import dev.boomerang.model.Occurrence;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.model.Source;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.CallbackStore;
import dev.boomerang.port.CallbackStore.Note;
import dev.boomerang.port.ScheduleStore.Planned;
import dev.boomerang.port.TaskStore;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What must hold when nothing is under way: the server's books against what the devices really
/// saw.
final class Verdict {
  private final Engine engine;
  private final Watch watch;
  private final List<SimDevice> devices;
  private final List<Task> tasks;

  Verdict(Engine engine, Watch watch, List<SimDevice> devices, List<Task> tasks) {
    this.engine = engine;
    this.watch = watch;
    this.devices = devices;
    this.tasks = tasks;
  }

  void atRest() {
    for (Task task : tasks) {
      accounted(task);
      for (SimDevice device : devices) {
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
                || state instanceof Lapsed;
        that(ended, "Accounted", "still undecided", delivery);
      }
    }
  }

  /// A schedule fires once, or never if it was cancelled or came too late.
  void firedOnce(List<ScheduleId> schedules) {
    for (ScheduleId schedule : schedules) {
      for (Planned planned : engine.schedules().ofSchedule(Given.SHOP, schedule)) {
        Occurrence occurrence = planned.occurrence();
        boolean late =
            switch (occurrence.fate()) {
              case Fate.Fired(var _, var at) -> at.isBefore(occurrence.dueAt());
              case Fate.Cancelled _ -> false;
              case Fate.Dropped(var at, var _) ->
                  at.isBefore(
                      occurrence.dueAt().plus(planned.schedule().push().options().lifetime()));
              case Fate.Pending _, Fate.Firing _ -> true;
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
            Given.SHOP,
            EnumSet.allOf(Source.Kind.class),
            Instant.EPOCH,
            Instant.parse("2100-01-01T00:00:00Z"),
            Optional.empty());
    int stored = engine.tasks().list(filter, 0, Integer.MAX_VALUE).size();
    if (stored != tasks.size()) {
      throw new AssertionError("Idempotent: " + tasks.size() + " pushes made " + stored + " tasks");
    }
  }

  /// At most one of a chain is alive for a device, in the books and on the screen.
  void newest(Map<TaskId, TaskId> roots) {
    for (SimDevice device : devices) {
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

  /// Each callback has been told once what became of each delivery, in order. The deliveries of
  /// broadcasts that ended with all others are passed over, and nothing else.
  void told(CallbackStore callbacks, Instant now) {
    for (Task task : tasks) {
      Map<RegistrationId, List<Event>> told =
          callbacks.take(task.id(), now, now.plusSeconds(60), Integer.MAX_VALUE).stream()
              .flatMap(batch -> batch.notes().stream())
              .collect(
                  Collectors.groupingBy(
                      Note::registration, Collectors.mapping(Note::event, Collectors.toList())));
      for (Delivery delivery : all(task)) {
        told(task, delivery, told.getOrDefault(delivery.id().registration(), List.of()));
      }
    }
  }

  private void told(Task task, Delivery delivery, List<Event> told) {
    DeliveryState state = delivery.state();
    boolean opened = state instanceof Opened;
    that(told.contains(Event.CLICKED) == opened, "Accounted", "told " + told, delivery);
    List<Event> reception = told.stream().filter(event -> event != Event.CLICKED).toList();
    boolean onlyTheDeviceKnows =
        state instanceof Lapsed lapsed && !(lapsed.cause() instanceof Lapsed.Cause.Lifetime);
    boolean mayBeSilent = task.isBroadcast() || onlyTheDeviceKnows;
    that(
        reception.size() == 1 || (reception.isEmpty() && mayBeSilent),
        "Accounted",
        "told " + told,
        delivery);
    that(
        reception.isEmpty() || told.getFirst() != Event.CLICKED,
        "Ordered",
        "told " + told,
        delivery);
    boolean arrived =
        delivery.timeline().stream()
            .map(Step::phase)
            .anyMatch(phase -> phase == Phase.DELIVERED || phase == Phase.SHOWN);
    if (!task.isBroadcast() && arrived) {
      that(reception.equals(List.of(Event.RECEIVED)), "Accounted", "told " + told, delivery);
    }
    if (state instanceof Expired) {
      that(!reception.contains(Event.RECEIVED), "Accounted", "told " + told, delivery);
    }
  }

  private void tallied(Task task) {
    Tally counted =
        all(task).stream()
            .map(delivery -> Milestones.of(delivery.state()))
            .reduce(new Tally(task.reached().unreached(), 0, 0, 0, 0), Tally::plus);
    Tally told = engine.analysis().ofTask(Given.SHOP, task.id());
    if (!told.equals(counted)) {
      throw new AssertionError("Accounted: told " + told + ", there are " + counted);
    }
  }

  private void accounted(Task task) {
    tallied(task);
    Tasks.View view = engine.tasks().view(Given.SHOP, task.id()).orElseThrow();
    int counted = view.counts().values().stream().mapToInt(Integer::intValue).sum();
    if (counted + task.reached().unreached() != view.total()) {
      throw new AssertionError("Accounted: " + view + " does not add up");
    }
    RecallOutcome foretold =
        engine
            .recalls()
            .dryRun(Given.SHOP, task.id(), new dev.boomerang.model.Recall.Scope.WholeTask());
    if (foretold instanceof RecallOutcome.Foretold(var report)
        && (report.total() != counted || report.count(Part.UNSUPPORTED) != 0)) {
      throw new AssertionError("Accounted: " + report + " is not about " + counted);
    }
  }

  private void compare(Delivery delivery, SimDevice device) {
    DeliveryState state = delivery.state();
    Optional<Sight> sight = Optional.ofNullable(device.sights().get(delivery.id()));
    if (watch.wasRecalled(delivery.id())) {
      that(!sight.equals(Optional.of(Sight.SHOWN)), "Fence", "still on the screen", delivery);
      that(
          state instanceof Final || state instanceof Lapsed,
          "Accounted",
          "a recall that every device answered is still open",
          delivery);
    }
    switch (state) {
      case Opened _ -> saw(sight, Sight.OPENED, delivery);
      case Dismissed _ -> saw(sight, Sight.DISMISSED, delivery);
      case Shown _ -> saw(sight, Sight.SHOWN, delivery);
      case Recalled(_, How how) when how == How.PREVENTED ->
          that(!watch.everWritten(delivery.id()), "Accounted", "prevented, but sent", delivery);
      case Recalled _ -> saw(sight, Sight.WITHDRAWN, delivery);
      case Expired _ ->
          that(!watch.everWritten(delivery.id()), "Accounted", "expired, but sent", delivery);
      case Stopped _ ->
          that(!watch.everWritten(delivery.id()), "Accounted", "stopped, but sent", delivery);
      case Overridden(var _, var _, Overridden.How how) -> {
        switch (how) {
          case PREVENTED ->
              that(!watch.everWritten(delivery.id()), "Accounted", "prevented, but sent", delivery);
          case REPLACED -> saw(sight, Sight.REPLACED, delivery);
        }
      }
      case Lapsed _, Delivered _, Final _ -> {}
      case DeliveryState.Scheduled _, DeliveryState.Pending _, DeliveryState.Queued _ ->
          that(false, "Durable", "every device was here, yet it waits", delivery);
      case DeliveryState.Sending _, DeliveryState.Sent _, DeliveryState.Recalling _ ->
          that(false, "Accounted", "every device answered, yet it is open", delivery);
    }
  }

  private static void saw(Optional<Sight> sight, Sight told, Delivery delivery) {
    that(sight.equals(Optional.of(told)), "Accounted", "the device saw " + sight, delivery);
  }

  private static void that(boolean holds, String promise, String what, Delivery delivery) {
    if (!holds) {
      throw new AssertionError(promise + ": " + what + ": " + delivery);
    }
  }

  private Optional<Delivery> delivery(Task task, SimDevice device) {
    return engine.tasks().delivery(Given.SHOP, task.id(), device.id);
  }

  private List<Delivery> all(Task task) {
    return engine.tasks().deliveries(Given.SHOP, task.id(), "", 1_000);
  }
}
