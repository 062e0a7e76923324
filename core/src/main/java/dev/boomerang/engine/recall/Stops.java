// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.recall;

import dev.boomerang.engine.deliver.Connections;
import dev.boomerang.engine.deliver.Deliveries;
import dev.boomerang.engine.deliver.Dispatch;
import dev.boomerang.engine.recall.StopResult.NotFound;
import dev.boomerang.engine.recall.StopResult.Stopped;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryEvent.StopRequested;
import dev.boomerang.lifecycle.DeliveryState.Abandoned;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Stops tasks. What has not left us stays here for good; what has left is not touched, for a stop
/// is no recall. It is one write, so a crash leaves a task stopped or as it was; of an open task it
/// may be closed already.
public final class Stops {
  private static final int PAGE = 1_000;

  /// The statuses in which a stop can still change something. A delivery that has left them does
  /// not come back.
  private static final Set<DeliveryStatus> OPEN =
      EnumSet.of(
          DeliveryStatus.SCHEDULED,
          DeliveryStatus.PENDING,
          DeliveryStatus.QUEUED,
          DeliveryStatus.SENDING);

  private final Store store;
  private final Deliveries deliveries;
  private final Connections connections;
  private final Dispatch dispatch;
  private final EngineListener listener;
  private final Clock clock;

  public Stops(
      Store store,
      Deliveries deliveries,
      Connections connections,
      Dispatch dispatch,
      EngineListener listener,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.connections = connections;
    this.dispatch = dispatch;
    this.listener = listener;
    this.clock = clock;
  }

  /// Once this has returned, nothing of the task is handed to any device any more, durably. Again
  /// changes nothing. `origin` is the dialect the wish came in by.
  public StopResult stop(AppId app, TaskId id, String origin) {
    Optional<Task> task = store.tasks().find(id).filter(found -> found.app().equals(app));
    if (task.isEmpty()) {
      return new NotFound();
    }
    dispatch.stopped(id, task.get().isBroadcast() ? stopForAll(task.get()) : stopEach(id));
    listener.stopped(origin);
    return new Stopped(task.get());
  }

  /// Returns who may have a session here that holds it still.
  private List<RegistrationId> stopForAll(Task task) {
    deliveries.stopBroadcast(task.id(), clock.instant());
    var held = new ArrayList<RegistrationId>();
    store
        .broadcasts()
        .statuses(task.id(), connections.ids(task.app()))
        .forEach(
            (registration, deliveryStatus) -> {
              if (deliveryStatus == DeliveryStatus.ABANDONED) {
                held.add(registration);
              }
            });
    return held;
  }

  private List<RegistrationId> stopEach(TaskId task) {
    if (store.tasks().open(task).isPresent()) {
      // Closes the task first; otherwise targets could still be added to it.
      store.tasks().close(task);
    }
    Instant now = clock.instant();
    List<Change> changes =
        open(task).stream().map(id -> new Change(id, new StopRequested(now))).toList();
    List<Transition> transitions = deliveries.apply(changes);
    var held = new ArrayList<RegistrationId>();
    for (int i = 0; i < changes.size(); i++) {
      if (transitions.get(i) instanceof Moved(var _, Abandoned _)) {
        held.add(changes.get(i).id().registration());
      }
    }
    return held;
  }

  private List<DeliveryId> open(TaskId task) {
    var open = new ArrayList<DeliveryId>();
    String after = "";
    List<Delivery> page;
    do {
      page = store.deliveries().ofTask(task, after, PAGE);
      page.stream()
          .filter(delivery -> OPEN.contains(delivery.state().status()))
          .forEach(delivery -> open.add(delivery.id()));
      after = page.isEmpty() ? after : page.getLast().id().registration().value();
    } while (page.size() == PAGE);
    return open;
  }
}
