// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.data;
import static dev.boomerang.device.ClientFixture.notification;
import static dev.boomerang.device.ClientFixture.notificationWithKey;
import static dev.boomerang.device.ClientFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.storage.DeviceStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills the process before or after each single write to the storage, while the server sends again
/// what was not acknowledged: every notification still is shown exactly once, and every receipt
/// arrives.
class CrashTest {
  private static final List<String> BATCHES_LEFT_OPEN =
      List.of(notification("d1"), notificationWithKey("d2", "s"), data("d3"));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void crash_atAnyWrite_showsOnceAndReportsAll(boolean written) {
    int writes = run(Integer.MAX_VALUE, written);
    assertThat(writes).isGreaterThan(8);
    for (int crashAt = 1; crashAt <= writes; crashAt++) {
      run(crashAt, written);
    }
  }

  /// Returns how many writes there were.
  private static int run(int crashAt, boolean written) {
    var fixture = new ClientFixture();
    var storage = new CrashingStorage(crashAt, written);
    fixture.storage = storage;

    Runnable[] steps = {
      () -> fixture.deliver(BATCHES_LEFT_OPEN.toArray(String[]::new)),
      () -> fixture.deliver(notificationWithKey("d4", "s"), notification("d5"), withdraw("d5")),
      () -> fixture.deliver(withdraw("d1", "d6"), notification("d6")),
    };
    var received = new ArrayList<String>();
    fixture.start();
    if (!reconnectIfDead(fixture, storage)) {
      fixture.ready();
    }
    for (Runnable step : steps) {
      step.run();
      if (reconnectIfDead(fixture, storage)) {
        // It was not acknowledged, so the server sends it again.
        step.run();
      }
      received.addAll(fixture.receipts());
      if (reconnectIfDead(fixture, storage)) {
        received.addAll(fixture.receipts());
      }
    }
    fixture.client.notificationOpened("d4");
    fixture.loop.run();
    if (reconnectIfDead(fixture, storage)) {
      fixture.client.notificationOpened("d4");
      fixture.loop.run();
    }
    received.addAll(fixture.receipts());

    assertThat(fixture.handler.log)
        .as("crash at write %d", crashAt)
        .containsOnlyOnce("show d1")
        .containsOnlyOnce("show d2")
        .containsOnlyOnce("replace d2 by d4")
        .doesNotContain("show d5", "show d6")
        .contains("data d3", "withdraw d1");
    assertThat(received)
        .as("crash at write %d", crashAt)
        .contains("d1 shown", "d2 shown", "d4 shown", "d5 withdrawn", "d1 withdrawn")
        .contains("d6 withdrawn", "d4 opened")
        .doesNotContain("d1 tooLate", "d6 shown", "d5 shown");
    return storage.writes;
  }

  private static boolean reconnectIfDead(ClientFixture fixture, CrashingStorage storage) {
    if (!storage.dead) {
      return false;
    }
    storage.dead = false;
    fixture.connect();
    return true;
  }

  /// Fails once, before or after the records are written.
  private static final class CrashingStorage implements DeviceStorage {
    private final DeviceStorage records = DeviceStorage.inMemory();
    private final int failAt;
    private final boolean written;
    private int writes;
    private boolean dead;

    CrashingStorage(int failAt, boolean written) {
      this.failAt = failAt;
      this.written = written;
    }

    @Override
    public List<String> open() throws IOException {
      return records.open();
    }

    @Override
    public void append(List<String> more) throws IOException {
      writes++;
      if (writes != failAt) {
        records.append(more);
        return;
      }
      dead = true;
      if (written) {
        records.append(more);
      }
      throw new IOException("power cut");
    }

    @Override
    public void replaceAll(List<String> others) throws IOException {
      records.replaceAll(others);
    }

    @Override
    public void close() {}
  }
}
