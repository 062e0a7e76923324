// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.Transition.Moved;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// How many deliveries came into which state in one step. Where deliveries begin does not count,
/// nor do those that ended where they stood.
public record TransitionCounts(Map<Phase, Long> into) {
  public static final TransitionCounts NONE = new TransitionCounts(Map.of());

  public TransitionCounts {
    into = Map.copyOf(into);
  }

  public static TransitionCounts of(Phase into, long count) {
    return count == 0 ? NONE : new TransitionCounts(Map.of(into, count));
  }

  public static TransitionCounts of(Collection<Transition> transitions) {
    Map<Phase, Long> into = new EnumMap<>(Phase.class);
    for (Transition transition : transitions) {
      if (transition instanceof Moved(var _, var to)) {
        into.merge(to.phase(), 1L, Long::sum);
      }
    }
    return new TransitionCounts(into);
  }

  /// Returns what moved between two counts of the same deliveries, in a step in which no state both
  /// gains and loses some.
  public static TransitionCounts between(Map<Phase, Integer> before, Map<Phase, Integer> after) {
    Map<Phase, Long> into = new EnumMap<>(Phase.class);
    after.forEach(
        (phase, count) -> {
          int gained = count - before.getOrDefault(phase, 0);
          if (gained > 0) {
            into.put(phase, (long) gained);
          }
        });
    return new TransitionCounts(into);
  }

  public TransitionCounts plus(TransitionCounts more) {
    if (into.isEmpty()) {
      return more;
    }
    Map<Phase, Long> sum = new EnumMap<>(into);
    more.into.forEach((phase, count) -> sum.merge(phase, count, Long::sum));
    return new TransitionCounts(sum);
  }
}
