// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.report;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Message;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.PacedRunStore.PacedRun;
import dev.boomerang.port.Store;
import dev.boomerang.port.TaskStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers questions about tasks. An app sees its own only.
public final class Tasks {

  /// A task and how many of its deliveries are in each phase; with `task.reached().unreached()`
  /// they add up to its total. A broadcast's total grows with each device that comes for it. `pace`
  /// is there if it goes out at one.
  public record View(Task task, Map<DeliveryStatus, Integer> counts, Optional<PacedRun> pace) {
    public View {
      counts = Map.copyOf(counts);
    }

    public int total() {
      return task.isBroadcast()
          ? counts.values().stream().mapToInt(Integer::intValue).sum() + task.counts().unmatched()
          : task.counts().deliveries() + task.counts().unmatched();
    }
  }

  private final Store store;

  public Tasks(Store store) {
    this.store = store;
  }

  public Optional<Task> find(AppId app, TaskId id) {
    return store.tasks().find(id).filter(task -> task.app().equals(app));
  }

  /// The task that holds a request key.
  public Optional<Task> findByRequestKey(AppId app, RequestKey key) {
    return store.tasks().findByRequestKey(app, key);
  }

  /// Tasks, the newest first, without the first `skip`.
  public List<Task> list(TaskStore.Filter filter, int skip, int limit) {
    return store.tasks().list(filter, skip, limit);
  }

  public Optional<View> view(AppId app, TaskId id) {
    return find(app, id).map(task -> new View(task, store.deliveries().counts(id), pace(task)));
  }

  private Optional<PacedRun> pace(Task task) {
    return task.isBroadcast() ? store.pacedRuns().find(task.id()) : Optional.empty();
  }

  public List<Message> messages(AppId app, TaskId id) {
    return find(app, id).map(task -> store.tasks().messages(task.id())).orElse(List.of());
  }

  public Optional<Delivery> delivery(AppId app, TaskId task, RegistrationId registration) {
    return store
        .deliveries()
        .find(new DeliveryId(task, registration))
        .filter(delivery -> delivery.app().equals(app));
  }

  /// A task's deliveries by registration id, those after `after`.
  public List<Delivery> deliveries(AppId app, TaskId task, String after, int limit) {
    return find(app, task).isEmpty() ? List.of() : store.deliveries().ofTask(task, after, limit);
  }
}
