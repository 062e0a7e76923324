// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.gateway.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoginQueueTest {
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final CountDownLatch open = new CountDownLatch(1);

  private Runnable check(String name) {
    return () -> {
      awaitOpen();
      ran.add(name);
    };
  }

  private void awaitOpen() {
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void addresses_takeTurns_howeverManyOneHas() {
    var queue = new LoginQueue(1);
    queue.submit("first", check("first"));
    for (int i = 0; i < 100; i++) {
      queue.submit("flood", check("flood " + i));
    }
    queue.submit("honest", check("honest 0"));
    queue.submit("honest", check("honest 1"));

    open.countDown();

    Await.until("all ran", () -> ran.size() == 103);
    assertThat(ran)
        .startsWith("first", "flood 0", "honest 0", "flood 1", "honest 1", "flood 2", "flood 3")
        .endsWith("flood 99");
  }

  @Test
  void checks_runSoManyAtOnceAndNoMore_andOneThatFailsMakesRoom() {
    var queue = new LoginQueue(3);
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var failed = new CountDownLatch(1);
    queue.submit(
        "broken",
        () -> {
          failed.countDown();
          throw new BrokenCheckException();
        });
    for (int i = 0; i < 200; i++) {
      int address = i % 7;
      queue.submit(
          address,
          () -> {
            awaitOpen();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
            ran.add("done");
          });
    }

    open.countDown();

    Await.until("all ran", () -> ran.size() == 200);
    assertThat(most.get()).isBetween(1, 3);
    assertThat(failed.getCount()).isZero();
  }

  /// Has no stack trace, so that the thread it ends prints little.
  private static final class BrokenCheckException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private BrokenCheckException() {
      super("broken", null, false, false);
    }
  }
}
