// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.engine.accept.SubmitResult.Refused;
import dev.boomerang.engine.deliver.Deliveries;
import dev.boomerang.engine.deliver.Dispatch;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Store;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TaskStore.Addition;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Adds targets to open tasks. One transaction holds the task's row, so nothing is added to one
/// that a recall or a stop has closed.
public final class TargetAdditions {
  private final TaskStore tasks;
  private final DeliveryStore stored;
  private final Deliveries deliveries;
  private final PushRules rules;
  private final Fanout fanout;
  private final Dispatch dispatch;
  private final EngineListener listener;
  private final Clock clock;

  public TargetAdditions(
      Store store,
      Deliveries deliveries,
      PushRules rules,
      Fanout fanout,
      Dispatch dispatch,
      EngineListener listener,
      Clock clock) {
    this.tasks = store.tasks();
    this.stored = store.deliveries();
    this.deliveries = deliveries;
    this.rules = rules;
    this.fanout = fanout;
    this.dispatch = dispatch;
    this.listener = listener;
    this.clock = clock;
  }

  /// Adds targets as [Submissions#add] promises.
  AddTargetsResult add(
      AppId app, TaskId id, Audience.Targeted audience, Map<String, Integer> passedOver) {
    Optional<Task> found = tasks.find(id).filter(task -> task.app().equals(app));
    if (found.isEmpty()) {
      return new AddTargetsResult.NotFound();
    }
    Task task = found.get();
    Optional<Refused> refused = rules.targets(app, audience.targets());
    boolean onlyPassedOver = audience.targets().isEmpty() && !passedOver.isEmpty();
    if (refused.isPresent() && !onlyPassedOver) {
      return new AddTargetsResult.Refused(refused.get());
    }
    Instant now = clock.instant();
    return tasks
        .open(id)
        .filter(_ -> task.expiresAt().isAfter(now))
        .map(strategy -> add(task, fanout.resolveAdded(task, audience, strategy, now), passedOver))
        .orElseGet(() -> new AddTargetsResult.Closed(task));
  }

  private AddTargetsResult add(
      Task task, Fanout.AddedTargets addedTargets, Map<String, Integer> passedOver) {
    int unreached = addedTargets.unreached().size() + sum(passedOver);
    return switch (deliveries.add(
        new Addition(task, addedTargets.deliveries(), unreached, passedOver))) {
      case TaskStore.AddResult.Stored(var fresh, var overridden, var _) -> {
        dispatch.overridden(overridden);
        dispatch.added(task, fresh);
        listener.accepted(task.origin(), fresh.size(), unreached);
        Set<DeliveryId> added = fresh.stream().map(Delivery::id).collect(Collectors.toSet());
        yield new AddTargetsResult.Added(
            task,
            addedTargets.deliveries().stream()
                .map(each -> added.contains(each.id()) ? each : had(each))
                .toList(),
            addedTargets.unreached());
      }
      case TaskStore.AddResult.Closed() -> new AddTargetsResult.Closed(task);
    };
  }

  static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// Returns a delivery as it is now, and not as it would have begun.
  private Delivery had(Delivery again) {
    return stored.find(again.id()).orElse(again);
  }
}
