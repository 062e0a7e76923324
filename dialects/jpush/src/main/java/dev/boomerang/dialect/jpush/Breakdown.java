// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.engine.Tasks;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.lifecycle.Milestones;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.ChannelId;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Tally;
import dev.boomerang.model.Task;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A task's numbers by platform and channel, counted from its deliveries as they stand.
record Breakdown(Task task, Map<Slot, Count> counts) {
  private static final Set<Phase> ON_SCREEN = Set.of(Phase.SHOWN, Phase.OPENED, Phase.DISMISSED);

  record Slot(Platform platform, ChannelId channel) {}

  /// `shown` are those that were on a screen, as far as their devices said so.
  record Count(Tally tally, long shown) {
    static final Count NONE = new Count(Tally.NONE, 0);

    Count plus(Count more) {
      return new Count(tally.plus(more.tally), shown + more.shown);
    }
  }

  static Breakdown of(Tasks tasks, Task task) {
    Map<Slot, Count> counts = new HashMap<>();
    tasks.each(
        task.app(),
        task.id(),
        delivery ->
            counts.merge(
                new Slot(delivery.platform(), delivery.channel()), count(delivery), Count::plus));
    return new Breakdown(task, counts);
  }

  private static Count count(Delivery delivery) {
    boolean shown =
        ON_SCREEN.contains(delivery.state().phase())
            || delivery.timeline().stream().anyMatch(step -> ON_SCREEN.contains(step.phase()));
    return new Count(Milestones.of(delivery.state()), shown ? 1 : 0);
  }

  /// By our own channel; empty if nothing went to the platform by it.
  Optional<Count> own(Platform platform) {
    return sum(slot -> slot.platform() == platform && slot.channel().isSelf());
  }

  /// By the channels of vendors.
  Optional<Count> vendors(Platform platform) {
    return sum(slot -> slot.platform() == platform && !slot.channel().isSelf());
  }

  Optional<Count> on(Platform platform) {
    return sum(slot -> slot.platform() == platform);
  }

  Optional<Count> all() {
    return sum(_ -> true);
  }

  private Optional<Count> sum(Predicate<Slot> which) {
    return counts.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Count::plus);
  }
}
