// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.port.RecallStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class MemoryRecalls implements RecallStore {
  private record Name(TaskId task, Recall.Scope scope) {}

  private final Map<Name, Recall> recalls = new LinkedHashMap<>();
  private final Set<RecallId> unswept = new LinkedHashSet<>();
  private final TaskTable tasks;
  private long highestId;

  MemoryRecalls(TaskTable tasks) {
    this.tasks = tasks;
  }

  @Override
  public Recall open(Recall recall) {
    // Not under the lock: tasks call here under theirs.
    if (recall.scope().isOfAll()) {
      tasks.close(recall.task());
    }
    return findOrAdd(recall);
  }

  private synchronized Recall findOrAdd(Recall recall) {
    var name = new Name(recall.task(), recall.scope());
    Recall kept = recalls.computeIfAbsent(name, _ -> recall);
    if (kept.equals(recall)) {
      unswept.add(recall.id());
      highestId = Math.max(highestId, recall.id().value());
    }
    return kept;
  }

  @Override
  public synchronized void swept(RecallId id) {
    unswept.remove(id);
  }

  @Override
  public synchronized List<Recall> unswept() {
    return recalls.values().stream().filter(r -> unswept.contains(r.id())).toList();
  }

  @Override
  public synchronized Optional<Recall> find(RecallId id) {
    return recalls.values().stream().filter(recall -> recall.id().equals(id)).findFirst();
  }

  @Override
  public synchronized Optional<Recall> find(TaskId task, Recall.Scope scope) {
    return Optional.ofNullable(recalls.get(new Name(task, scope)));
  }

  synchronized long highestId() {
    return highestId;
  }

  synchronized void remove(TaskId task) {
    recalls.values().removeIf(recall -> recall.task().equals(task));
  }
}
