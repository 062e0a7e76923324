// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sqlite;

import dev.boomerang.kit.promises.RandomSteps;
import dev.boomerang.kit.promises.Simulation;
import dev.boomerang.kit.promises.SimulationStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The promises under random interleavings, over the default store.
class SqlitePromisesTest {
  private static final int DEVICES = 3;

  @Property(tries = 40)
  void promises_holdUnderAnyInterleaving(@ForAll("steps") List<SimulationStep> simulationSteps)
      throws IOException {
    Path folder = Files.createTempDirectory("promises");
    try (var store = SqliteStore.open(folder.resolve("store.db"));
        var simulation = new Simulation(store, DEVICES)) {
      simulationSteps.forEach(simulation::take);
      simulation.settleAndCheck();
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Provide
  Arbitrary<List<SimulationStep>> steps() {
    return RandomSteps.any(DEVICES);
  }
}
