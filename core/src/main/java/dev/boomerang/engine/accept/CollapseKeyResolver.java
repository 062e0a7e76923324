// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.port.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Finds the slots a push asks for. Whichever push of a chain is named, the slot is that of the
/// chain's first.
final class CollapseKeyResolver {

  sealed interface Resolution {
    Map<Platform, CollapseKey> collapseKeys();
  }

  record Resolved(Map<Platform, CollapseKey> collapseKeys) implements Resolution {}

  /// There is no such task in the window.
  record UnknownTask(TaskId earlier) implements Resolution {
    @Override
    public Map<Platform, CollapseKey> collapseKeys() {
      return Map.of();
    }
  }

  private CollapseKeyResolver() {}

  static Resolution resolve(Push push, TaskStore tasks, Instant now) {
    Map<Platform, CollapseKey> collapseKeys = new EnumMap<>(Platform.class);
    for (Map.Entry<Platform, OverrideTarget> each : push.options().overrides().entrySet()) {
      switch (each.getValue()) {
        case OverrideTarget.Key(String name) ->
            collapseKeys.put(each.getKey(), CollapseKey.named(name));
        case OverrideTarget.EarlierTask(TaskId earlier, Duration window) -> {
          Optional<Task> found =
              tasks
                  .find(earlier)
                  .filter(task -> task.app().equals(push.app()))
                  .filter(task -> !task.validity().acceptedAt().isBefore(now.minus(window)));
          if (found.isEmpty()) {
            return new UnknownTask(earlier);
          }
          collapseKeys.put(each.getKey(), found.get().collapseKey(each.getKey()));
        }
      }
    }
    return new Resolved(collapseKeys);
  }
}
