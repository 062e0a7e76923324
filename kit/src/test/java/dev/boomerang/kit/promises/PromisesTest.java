// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.kit.promises.SimulationStep.Act;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
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

  /// A device reconnects, is given again what it has, reports it, and then a newer push takes the
  /// place: what still waits to be written again must not follow the newer.
  @Example
  void redelivery_isNotWritten_onceItsReceiptIsThere() {
    try (var store = new MemoryStore();
        var simulation = new Simulation(store, DEVICES)) {
      Stream.of(
              step(Act.CONNECT, 2, 0),
              step(Act.PUSH_TO_DEVICE, 2, 0),
              step(Act.WRITE, 2, 0),
              step(Act.DISCONNECT, 2, 1),
              step(Act.CONNECT, 2, 0),
              step(Act.SEND_RECEIPTS, 2, 0),
              step(Act.PUSH_OVER, 2, 0),
              step(Act.WRITE, 2, 0))
          .forEach(simulation::take);
      simulation.settleAndCheck();
    }
  }

  private static SimulationStep step(Act act, int device, int pick) {
    return new SimulationStep(act, device, pick);
  }

  @Provide
  Arbitrary<List<SimulationStep>> steps() {
    return RandomSteps.any(DEVICES);
  }
}
