// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.kit.promises.SimulationStep.Act;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Random lives of a [Simulation], with what happens often happening often.
public final class RandomSteps {
  private static final int SHORTEST = 5;
  private static final int LONGEST = 120;

  private RandomSteps() {}

  public static Arbitrary<List<SimulationStep>> any(int devices) {
    Arbitrary<Act> acts =
        Arbitraries.frequencyOf(
            Tuple.of(
                8,
                Arbitraries.of(
                    Act.PUSH_TO_DEVICE,
                    Act.PUSH_TO_USER,
                    Act.PUSH_TO_ALL,
                    Act.PUSH_LATER,
                    Act.PUSH_OVER,
                    Act.PUSH_OVER,
                    Act.PUSH_PACED)),
            Tuple.of(5, Arbitraries.of(Act.CONNECT, Act.DISCONNECT)),
            Tuple.of(12, Arbitraries.of(Act.WRITE, Act.RECEIVE)),
            Tuple.of(2, Arbitraries.of(Act.RELEASE)),
            Tuple.of(2, Arbitraries.of(Act.DEFER)),
            Tuple.of(6, Arbitraries.of(Act.OPEN, Act.DISMISS, Act.SEND_RECEIPTS)),
            Tuple.of(
                5,
                Arbitraries.of(
                    Act.RECALL_TASK,
                    Act.RECALL_TASK,
                    Act.RECALL_DELIVERY,
                    Act.RECALL_SCHEDULE,
                    Act.STOP)),
            Tuple.of(
                4,
                Arbitraries.of(
                    Act.SECONDS_PASS,
                    Act.HOURS_PASS,
                    Act.RESTART,
                    Act.CRASH,
                    Act.CRASH_WHILE_FIRING)));
    return Combinators.combine(
            acts,
            Arbitraries.integers().between(0, devices - 1),
            Arbitraries.integers().between(0, 1_000))
        .as(SimulationStep::new)
        .list()
        .ofMinSize(SHORTEST)
        .ofMaxSize(LONGEST);
  }
}
