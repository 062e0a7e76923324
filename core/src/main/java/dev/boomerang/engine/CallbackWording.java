// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.Task;
import dev.boomerang.port.CallbackStore.Note;
import java.util.List;
import java.util.Map;

/// How notes are put for those who pushed through one door. The same notes must always give the
/// same text.
public interface CallbackWording {

  /// JSON, for one or more notes of one task, in order.
  String json(Task task, List<Note> notes);

  /// The wordings there are, by the origin of a task ([Task#origin]); `otherwise` for those that
  /// have none of their own.
  record Chosen(Map<String, CallbackWording> byOrigin, CallbackWording otherwise)
      implements CallbackWording {
    public Chosen {
      byOrigin = Map.copyOf(byOrigin);
    }

    @Override
    public String json(Task task, List<Note> notes) {
      return byOrigin.getOrDefault(task.origin(), otherwise).json(task, notes);
    }
  }
}
