// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.port.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartupWaitTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration TICK = Duration.ofMillis(5);

  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void stepThatIsDoneAtOnce_saysNothing() throws Exception {
    assertThat(new StartupWait(LONG, LONG, said::add).until("the store", () -> 7)).isEqualTo(7);
    assertThat(said).isEmpty();
  }

  @Test
  void stepThatTakesLong_saysWhatItWaitsFor_andGoesOn() throws Exception {
    var told = new CountDownLatch(2);
    var wait =
        new StartupWait(
            LONG,
            TICK,
            line -> {
              said.add(line);
              told.countDown();
            });

    String got =
        wait.until(
            "HTTP to listen on 127.0.0.1:1",
            () -> {
              told.await();
              return "listens";
            });

    assertThat(got).isEqualTo("listens");
    assertThat(said)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("event=start-waits for=\"HTTP to listen on 127.0.0.1:1\""));
  }

  @Test
  void stepThatTakesTooLong_isGivenUp_andNamed() {
    var never = new CountDownLatch(1);
    var wait = new StartupWait(TICK.multipliedBy(3), TICK, said::add);

    assertThatThrownBy(
            () ->
                wait.until(
                    "the store",
                    () -> {
                      never.await();
                      return "";
                    }))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("gave up waiting for the store")
        .hasMessageContaining("startup-timeout");
    assertThat(said).hasSize(2);
  }

  @Test
  void failureOfAStep_isItsOwn() {
    var wait = new StartupWait(LONG, LONG, said::add);

    assertThatThrownBy(
            () ->
                wait.until(
                    "a port",
                    () -> {
                      throw new IOException("taken");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("taken");
    assertThatThrownBy(
            () ->
                wait.until(
                    "the store",
                    () -> {
                      throw new StoreException("gone", new IOException("gone"));
                    }))
        .isInstanceOf(StoreException.class);
  }
}
