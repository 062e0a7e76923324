// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.model.schedule.Schedule;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes back what an earlier task brought. Whoever a revoking push is for loses the old task's
/// message: it is taken off their devices, and does not arrive any more where it waits.
///
/// Source: Getui "RestAPI V2", `push_message.revoke`.
final class Revokes {
  private final Engine engine;
  private final Known known;
  private final Openings openings;
  private final Clock clock;

  Revokes(Engine engine, Known known, Openings openings, Clock clock) {
    this.engine = engine;
    this.known = known;
    this.openings = openings;
    this.clock = clock;
  }

  /// What is to be taken back: a task, or one that is still to come.
  record Old(AppId app, Optional<Task> task, Optional<Schedule> schedule, boolean force) {}

  /// [Trouble.Plain#UNKNOWN_OLD_TASK] for one that the app does not have, or that is too old to be
  /// taken back.
  Old old(AppId app, Order.Revoke what) {
    Optional<Task> task = known.task(app, what.oldTask());
    Optional<Schedule> schedule = known.schedule(app, what.oldTask());
    boolean isOld =
        task.filter(
                found ->
                    found.validity().acceptedAt().isBefore(clock.instant().minus(Recall.WINDOW)))
            .isPresent();
    if (isOld || (task.isEmpty() && schedule.isEmpty())) {
      throw new GetuiFault(Trouble.Plain.UNKNOWN_OLD_TASK);
    }
    return new Old(app, task, schedule, what.force());
  }

  /// From these. Taking back is the same every time; `again` is for what must happen once.
  Map<String, Status> of(Old old, List<Registration> people, boolean again) {
    Map<String, Status> cids = new LinkedHashMap<>();
    for (Registration person : people) {
      boolean had = old.task().filter(task -> recall(task, person)).isPresent();
      if (!had && old.force() && !again) {
        openings.withdrawAll(old.app(), person.id());
      }
      cids.put(person.id().value(), Status.of(engine.registrations().isConnected(person.id())));
    }
    return cids;
  }

  /// False if the task was not for them.
  private boolean recall(Task task, Registration person) {
    return engine
            .recalls()
            .recall(task.app(), task.id(), new Scope.OneDelivery(person.id()), Pushes.ORIGIN)
        instanceof RecallResult.Active;
  }

  /// From everybody, be it sent or still to come; from those whom a segment picks only, if there is
  /// one.
  void of(Old old, Optional<Segment> segment, boolean again) {
    if (segment.isEmpty()) {
      old.task()
          .ifPresent(
              task ->
                  engine
                      .recalls()
                      .recall(old.app(), task.id(), new Scope.WholeTask(), Pushes.ORIGIN));
      old.schedule()
          .filter(_ -> old.task().isEmpty())
          .ifPresent(
              schedule -> engine.schedules().recall(old.app(), schedule.id(), Pushes.ORIGIN));
    }
    if (segment.isPresent() || (old.force() && !again)) {
      Segment asked = segment.orElseGet(() -> new Segment.All(List.of()));
      of(old, engine.registrations().matching(old.app(), asked), again);
    }
  }
}
