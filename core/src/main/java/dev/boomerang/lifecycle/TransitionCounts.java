// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.lifecycle;

import dev.boomerang.lifecycle.Transition.Moved;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// Counts how many deliveries came into which status in one step. The states in which deliveries
/// begin do not count, nor do deliveries that no event moved.
public record TransitionCounts(Map<DeliveryStatus, Long> into) {
  public static final TransitionCounts NONE = new TransitionCounts(Map.of());

  public TransitionCounts {
    into = Map.copyOf(into);
  }

  public static TransitionCounts of(DeliveryStatus into, long count) {
    return count == 0 ? NONE : new TransitionCounts(Map.of(into, count));
  }

  public static TransitionCounts of(Collection<Transition> transitions) {
    Map<DeliveryStatus, Long> into = new EnumMap<>(DeliveryStatus.class);
    for (Transition transition : transitions) {
      if (transition instanceof Moved(var _, var to)) {
        into.merge(to.status(), 1L, Long::sum);
      }
    }
    return new TransitionCounts(into);
  }

  /// Returns what moved between two counts of the same deliveries, in a step in which no state both
  /// gains and loses some.
  public static TransitionCounts between(
      Map<DeliveryStatus, Integer> before, Map<DeliveryStatus, Integer> after) {
    Map<DeliveryStatus, Long> into = new EnumMap<>(DeliveryStatus.class);
    after.forEach(
        (deliveryStatus, count) -> {
          int gained = count - before.getOrDefault(deliveryStatus, 0);
          if (gained > 0) {
            into.put(deliveryStatus, (long) gained);
          }
        });
    return new TransitionCounts(into);
  }

  public TransitionCounts plus(TransitionCounts more) {
    if (into.isEmpty()) {
      return more;
    }
    Map<DeliveryStatus, Long> sum = new EnumMap<>(into);
    more.into.forEach((deliveryStatus, count) -> sum.merge(deliveryStatus, count, Long::sum));
    return new TransitionCounts(sum);
  }
}
