// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.kit.memory.MemoryStore;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Random interleavings of everything that can happen, against the promises of DESIGN §2.
class PromisesTest {
  private static final int DEVICES = 3;

  @Property(tries = 1_500)
  void promises_holdUnderAnyInterleaving(@ForAll("steps") List<SimulationStep> simulationSteps) {
    try (var store = new MemoryStore();
        var simulation = new Simulation(store, DEVICES)) {
      simulationSteps.forEach(simulation::take);
      simulation.settleAndCheck();
    }
  }

  @Provide
  Arbitrary<List<SimulationStep>> steps() {
    return RandomSteps.any(DEVICES);
  }
}
