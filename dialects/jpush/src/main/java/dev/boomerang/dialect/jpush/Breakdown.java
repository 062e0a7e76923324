// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.engine.Analysis;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Task;
import dev.boomerang.port.TallyStore.Share;
import dev.boomerang.port.TallyStore.Slot;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A task's numbers by platform and channel, counted from its deliveries as they stand.
record Breakdown(Task task, Map<Slot, Share> shares) {
  static Breakdown of(Analysis analysis, Task task) {
    return new Breakdown(task, analysis.shares(task.app(), task.id()));
  }

  /// By our own channel; empty if nothing went to the platform by it.
  Optional<Share> own(Platform platform) {
    return sum(slot -> slot.platform() == platform && slot.channel().isSelf());
  }

  /// By the channels of vendors.
  Optional<Share> vendors(Platform platform) {
    return sum(slot -> slot.platform() == platform && !slot.channel().isSelf());
  }

  Optional<Share> on(Platform platform) {
    return sum(slot -> slot.platform() == platform);
  }

  Optional<Share> all() {
    return sum(_ -> true);
  }

  private Optional<Share> sum(Predicate<Slot> which) {
    return shares.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Share::plus);
  }
}
