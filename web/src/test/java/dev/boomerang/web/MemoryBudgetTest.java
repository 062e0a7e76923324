// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.MemoryBudget;
import dev.boomerang.web.limit.MemoryBudget.Grant;
import dev.boomerang.web.limit.MemoryBudget.Lease;
import dev.boomerang.web.limit.MemoryExceededException;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(1_000);

  private Lease caller(String name) {
    Lease lease = budget.open("10.0.0.1");
    lease.identify(name);
    return lease;
  }

  @Test
  void aCall_mayHoldHalf_andNoMore() {
    Lease lease = caller("a");

    assertThat(lease.grow(500)).isEqualTo(Grant.GRANTED);
    assertThat(lease.grow(1)).isEqualTo(Grant.TOO_LARGE);
    assertThat(lease.held()).isEqualTo(500);
  }

  @Test
  void aCaller_mayHoldHalf_withAllItsCalls() {
    assertThat(caller("a").grow(300)).isEqualTo(Grant.GRANTED);
    Lease second = caller("a");

    assertThat(second.grow(201)).isEqualTo(Grant.BUSY);
    assertThat(second.grow(200)).isEqualTo(Grant.GRANTED);
    assertThat(caller("b").grow(500)).isEqualTo(Grant.GRANTED);
    assertThat(caller("c").grow(1)).isEqualTo(Grant.BUSY);
    assertThat(budget.used()).isEqualTo(1_000);
  }

  @Test
  void addresses_leaveAQuarter_toThoseWithAKey() {
    assertThat(budget.open("a").grow(500)).isEqualTo(Grant.GRANTED);
    assertThat(budget.open("b").grow(250)).isEqualTo(Grant.GRANTED);

    assertThat(budget.open("c").grow(1)).isEqualTo(Grant.BUSY);
    assertThat(caller("c").grow(250)).isEqualTo(Grant.GRANTED);
  }

  @Test
  void whatArrives_leavesHalfOfAShare_toWhatIsWorkedFor() {
    Lease arriving = budget.open("a");

    assertThat(arriving.arrive(251)).isEqualTo(Grant.TOO_LARGE);
    assertThat(arriving.arrive(250)).isEqualTo(Grant.GRANTED);
    assertThat(budget.open("a").arrive(1)).isEqualTo(Grant.BUSY);
    assertThat(budget.open("a").grow(250)).isEqualTo(Grant.GRANTED);

    arriving.arrived();
    assertThat(budget.open("a").arrive(1)).isEqualTo(Grant.BUSY);
    arriving.close();
    assertThat(budget.open("a").arrive(250)).isEqualTo(Grant.GRANTED);
  }

  @Test
  void identify_takesWhatIsHeldAlong() {
    Lease lease = budget.open("a");
    lease.grow(500);

    lease.identify("caller");

    assertThat(budget.open("a").grow(500)).isEqualTo(Grant.GRANTED);
    assertThat(caller("caller").grow(1)).isEqualTo(Grant.BUSY);
  }

  @Test
  void close_givesEverythingBack_once() {
    Lease lease = budget.open("a");
    lease.grow(400);
    lease.add(5_000);
    assertThat(budget.used()).isEqualTo(5_400);

    lease.close();
    lease.close();

    assertThat(budget.used()).isZero();
    assertThat(lease.grow(1)).isEqualTo(Grant.BUSY);
    lease.add(1);
    assertThat(budget.used()).isZero();
  }

  @Test
  void drop_leavesTheLeaseOpen() {
    Lease lease = budget.open("a");
    lease.arrive(200);

    lease.drop();

    assertThat(budget.used()).isZero();
    assertThat(lease.arrive(250)).isEqualTo(Grant.GRANTED);
  }

  @Test
  void competesWith_whoHoldsOfTheSameShare() {
    Lease mine = budget.open("a");
    Lease sameAddress = budget.open("a");
    Lease empty = budget.open("a");
    Lease keyed = caller("k");
    sameAddress.grow(1);
    keyed.grow(1);

    assertThat(mine.competesWith(sameAddress)).isTrue();
    assertThat(mine.competesWith(empty)).isFalse();
    assertThat(mine.competesWith(keyed)).isFalse();
    assertThat(caller("k").competesWith(keyed)).isTrue();
  }

  @Test
  void charge_isTheRunningCalls() {
    Lease lease = caller("a");

    String answer =
        CallMemory.within(
            lease,
            () -> {
              CallMemory.charge(300);
              CallMemory.identify("b");
              return "done";
            });

    assertThat(answer).isEqualTo("done");
    assertThat(lease.held()).isEqualTo(300);
    assertThat(caller("a").grow(500)).isEqualTo(Grant.GRANTED);
  }

  @Test
  void charge_outsideOfACall_costsNothing() {
    CallMemory.charge(Long.MAX_VALUE);
    CallMemory.identify("nobody");

    assertThat(budget.used()).isZero();
  }

  @Test
  void charge_thatIsNotToBeHad_saysWhetherToTryAgain() {
    Lease lease = caller("a");
    caller("a").grow(300);

    assertThatThrownBy(() -> CallMemory.within(lease, () -> charged(501)))
        .isInstanceOfSatisfying(
            MemoryExceededException.class, e -> assertThat(Refusal.of(e).status()).isEqualTo(413));
    assertThatThrownBy(() -> CallMemory.within(lease, () -> charged(201)))
        .isInstanceOfSatisfying(
            MemoryExceededException.class, e -> assertThat(Refusal.of(e).status()).isEqualTo(503));
  }

  private static String charged(long bytes) {
    CallMemory.charge(bytes);
    return "not reached";
  }

  @Test
  void budget_mustBePositive() {
    assertThatThrownBy(() -> new MemoryBudget(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
