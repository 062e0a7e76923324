// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.TaskId;
import java.util.List;
import java.util.Optional;

/// Stores recalls.
public interface RecallStore {

  /// Stores a recall unless its task has one of the same scope already; returns the one that is
  /// stored. If it is for the whole task or for its message, nothing is added to the task from then
  /// on ([TaskStore#close]).
  Recall open(Recall recall);

  /// Stores that a recall's sweep is complete.
  void swept(RecallId id);

  /// Returns recalls that were opened and never swept, because the process stopped in between.
  List<Recall> unswept();

  Optional<Recall> find(RecallId id);

  /// Returns the recall for this scope of the task.
  Optional<Recall> find(TaskId task, Recall.Scope scope);
}
