// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.TaskId;
import java.util.List;
import java.util.Optional;

/// Standing recalls.
public interface RecallStore {

  /// Stores a recall unless its task has one of the same scope already; returns the one that
  /// stands. If it is for all of the task or for its message, nothing is added to the task from
  /// here on ([TaskStore#close]).
  Recall open(Recall recall);

  /// Notes that a recall's sweep is through.
  void swept(RecallId id);

  /// Recalls that were opened and never swept: a stop came between.
  List<Recall> unswept();

  Optional<Recall> find(RecallId id);

  /// The recall that stands for this scope of the task.
  Optional<Recall> find(TaskId task, Recall.Scope scope);
}
