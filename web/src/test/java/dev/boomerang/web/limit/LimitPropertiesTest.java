// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.web.limit.MemoryBudget.Grant;
import dev.boomerang.web.limit.MemoryBudget.Lease;
import dev.boomerang.web.limit.RateLimit.Usage;
import dev.boomerang.web.limit.RateLimit.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The limits under random steps, against models that are too simple to be wrong.
class LimitPropertiesTest {
  private static final int TOTAL = 1_000;
  private static final int LEASES = 6;
  private static final int LIMIT = 5;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private enum Action {
    GROW,
    ARRIVE,
    ARRIVED,
    DROP,
    IDENTIFY,
    CLOSE
  }

  private record MemoryStep(Action action, int lease, int bytes) {}

  private enum Count {
    TAKE,
    RELEASE,
    LOOK
  }

  private record CountStep(Count count, String name, int amount, int seconds) {}

  @Provide
  Arbitrary<List<MemoryStep>> memorySteps() {
    return Combinators.combine(
            Arbitraries.of(Action.class),
            Arbitraries.integers().between(0, LEASES - 1),
            Arbitraries.integers().between(0, TOTAL / 2 + 50))
        .as(MemoryStep::new)
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<CountStep>> countSteps() {
    return Combinators.combine(
            Arbitraries.of(Count.class),
            Arbitraries.of("a", "b"),
            Arbitraries.integers().between(1, LIMIT + 1),
            Arbitraries.integers().between(0, 7))
        .as(CountStep::new)
        .list()
        .ofMaxSize(40);
  }

  /// What a lease holds, as the steps say.
  private static final class Model {
    private long held;
    private long arriving;
    private boolean identified;
    private boolean closed;

    private void clear() {
      held = 0;
      arriving = 0;
    }
  }

  /// Two leases share each address, and two each caller.
  private static String address(int lease) {
    return "address " + lease / 2;
  }

  @Property(tries = 500)
  void memory_isNeverOverItsShares_andAllOfItComesBack(
      @ForAll("memorySteps") List<MemoryStep> steps) {
    var budget = new MemoryBudget(TOTAL);
    List<Lease> leases = IntStream.range(0, LEASES).mapToObj(i -> budget.open(address(i))).toList();
    List<Model> models = IntStream.range(0, LEASES).mapToObj(_ -> new Model()).toList();

    for (MemoryStep step : steps) {
      take(step, leases, models);

      for (int i = 0; i < LEASES; i++) {
        assertThat(leases.get(i).held())
            .as("lease %s after %s", i, step)
            .isEqualTo(models.get(i).held);
      }
      assertThat(budget.used()).isEqualTo(models.stream().mapToLong(it -> it.held).sum());
      assertThat(budget.used()).isLessThanOrEqualTo(TOTAL);
    }

    leases.forEach(Lease::close);
    assertThat(budget.used()).isZero();
    try (Lease next = budget.open("address 9")) {
      assertThat(next.grow(budget.perAccount())).isEqualTo(Grant.GRANTED);
    }
  }

  private static void take(MemoryStep step, List<Lease> leases, List<Model> models) {
    Lease lease = leases.get(step.lease());
    Model model = models.get(step.lease());
    switch (step.action()) {
      case GROW -> {
        Grant expected = expected(step, models, false);
        assertThat(lease.grow(step.bytes())).as("%s", step).isEqualTo(expected);
        model.held += expected == Grant.GRANTED ? step.bytes() : 0;
      }
      case ARRIVE -> {
        Grant expected = expected(step, models, true);
        assertThat(lease.arrive(step.bytes())).as("%s", step).isEqualTo(expected);
        model.held += expected == Grant.GRANTED ? step.bytes() : 0;
        model.arriving += expected == Grant.GRANTED ? step.bytes() : 0;
      }
      case ARRIVED -> {
        lease.arrived();
        model.arriving = 0;
      }
      case DROP -> {
        lease.drop();
        model.clear();
      }
      case IDENTIFY -> {
        if (!model.identified) {
          lease.identify("caller " + step.lease());
          model.identified = true;
        }
      }
      case CLOSE -> {
        lease.close();
        model.clear();
        model.closed = true;
      }
    }
  }

  private static Grant expected(MemoryStep step, List<Model> models, boolean arrives) {
    Model own = models.get(step.lease());
    int half = TOTAL / 2;
    if (own.held + step.bytes() > (arrives ? half / 2 : half)) {
      return Grant.TOO_LARGE;
    }
    long all = models.stream().mapToLong(it -> it.held).sum();
    List<Model> account =
        own.identified
            ? List.of(own)
            : IntStream.range(0, LEASES)
                .filter(i -> address(i).equals(address(step.lease())))
                .mapToObj(models::get)
                .filter(it -> !it.identified)
                .toList();
    List<Model> anonymous = models.stream().filter(it -> !it.identified).toList();
    boolean fits =
        !own.closed
            && all + step.bytes() <= TOTAL
            && fits(account, step.bytes(), arrives, half)
            && (own.identified || fits(anonymous, step.bytes(), arrives, TOTAL / 4 * 3));
    return fits ? Grant.GRANTED : Grant.BUSY;
  }

  private static boolean fits(List<Model> some, int bytes, boolean arrives, int most) {
    return some.stream().mapToLong(it -> it.held).sum() + bytes <= most
        && (!arrives || some.stream().mapToLong(it -> it.arriving).sum() + bytes <= most / 2);
  }

  private record Used(Instant until, int count) {}

  @Property(tries = 500)
  void rate_isWhatWasTakenInTheWindow(@ForAll("countSteps") List<CountStep> steps) {
    var clock = new ManualClock(Instant.EPOCH);
    var limit = new RateLimit<String>(LIMIT, new Window.Span(WINDOW), clock);
    Map<String, Used> model = new HashMap<>();

    for (CountStep step : steps) {
      Instant now = clock.advance(Duration.ofSeconds(step.seconds()));
      model.values().removeIf(used -> !now.isBefore(used.until()));
      Used before = model.getOrDefault(step.name(), new Used(now.plus(WINDOW), 0));
      switch (step.count()) {
        case TAKE -> {
          boolean over = before.count() + step.amount() > LIMIT;
          Used after = over ? before : new Used(before.until(), before.count() + step.amount());
          model.put(step.name(), after);
          assertThat(limit.take(step.name(), step.amount()))
              .isEqualTo(
                  new Usage(LIMIT, after.count(), Duration.between(now, after.until()), over));
        }
        case RELEASE -> {
          limit.release(step.name(), step.amount());
          model.computeIfPresent(
              step.name(),
              (_, used) -> new Used(used.until(), Math.max(0, used.count() - step.amount())));
        }
        case LOOK -> {
          Usage usage = limit.of(step.name());
          assertThat(usage)
              .isEqualTo(
                  new Usage(LIMIT, before.count(), Duration.between(now, before.until()), false));
          assertThat(usage.left()).isEqualTo(LIMIT - before.count());
        }
      }
    }
  }
}
