// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.kit.promises.Step.Act;
import dev.boomerang.memory.MemoryStore;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Random interleavings of everything that can happen, against the promises of DESIGN §2.
class PromisesTest {

  @Property(tries = 1_500)
  void promises_holdUnderAnyInterleaving(@ForAll("steps") List<Step> steps) {
    try (var store = new MemoryStore();
        var world = new World(store, 3)) {
      steps.forEach(world::take);
      world.settleAndCheck();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Act> acts =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.of(Act.PUSH_TO_DEVICE, Act.PUSH_TO_USER)),
            net.jqwik.api.Tuple.of(5, Arbitraries.of(Act.CONNECT, Act.DISCONNECT)),
            net.jqwik.api.Tuple.of(12, Arbitraries.of(Act.WRITE, Act.RECEIVE)),
            net.jqwik.api.Tuple.of(
                6, Arbitraries.of(Act.OPEN, Act.DISMISS, Act.SEND_RECEIPTS)),
            net.jqwik.api.Tuple.of(4, Arbitraries.of(Act.RECALL_TASK, Act.RECALL_DELIVERY)),
            net.jqwik.api.Tuple.of(
                3, Arbitraries.of(Act.SECONDS_PASS, Act.HOURS_PASS, Act.RESTART, Act.CRASH)));
    return Combinators.combine(acts, Arbitraries.integers().between(0, 2), Arbitraries.integers().between(0, 1_000))
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(120);
  }
}
