// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.Replacing;
import dev.boomerang.model.Slot;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Finds the slots a push asks for. Whichever push of a chain is named, the slot is that of the
/// chain's first.
final class Places {

  sealed interface Found {
    Map<Platform, Slot> slots();
  }

  record Known(Map<Platform, Slot> slots) implements Found {}

  /// There is no such task in the window.
  record Unknown(TaskId earlier) implements Found {
    @Override
    public Map<Platform, Slot> slots() {
      return Map.of();
    }
  }

  private Places() {}

  static Found find(Push push, TaskStore tasks, Instant now) {
    Map<Platform, Slot> slots = new EnumMap<>(Platform.class);
    for (Map.Entry<Platform, Replacing> each : push.options().replacing().entrySet()) {
      switch (each.getValue()) {
        case Replacing.Named(String name) -> slots.put(each.getKey(), Slot.named(name));
        case Replacing.Earlier(TaskId earlier, Duration window) -> {
          Optional<Task> found =
              tasks
                  .find(earlier)
                  .filter(task -> task.app().equals(push.app()))
                  .filter(task -> !task.lifespan().acceptedAt().isBefore(now.minus(window)));
          if (found.isEmpty()) {
            return new Unknown(earlier);
          }
          slots.put(each.getKey(), found.get().slot(each.getKey()));
        }
      }
    }
    return new Known(slots);
  }
}
