// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.data;
import static dev.boomerang.device.ClientFixture.notice;
import static dev.boomerang.device.ClientFixture.slotted;
import static dev.boomerang.device.ClientFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.storage.DeviceStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The process dies before or after each single write to the storage, and the server brings again
/// what was not acknowledged: every notice still is shown exactly once, and every receipt arrives.
class CrashTest {
  private static final List<String> BATCHES_LEFT_OPEN =
      List.of(notice("d1"), slotted("d2", "s"), data("d3"));

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
    var rig = new ClientFixture();
    var storage = new MortalStorage(crashAt, written);
    rig.storage = storage;

    Runnable[] scenes = {
      () -> rig.deliver(BATCHES_LEFT_OPEN.toArray(String[]::new)),
      () -> rig.deliver(slotted("d4", "s"), notice("d5"), withdraw("d5")),
      () -> rig.deliver(withdraw("d1", "d6"), notice("d6")),
    };
    var received = new ArrayList<String>();
    rig.start();
    if (!reconnectIfDead(rig, storage)) {
      rig.ready();
    }
    for (Runnable scene : scenes) {
      scene.run();
      if (reconnectIfDead(rig, storage)) {
        // Not acknowledged, so it comes again.
        scene.run();
      }
      received.addAll(rig.receipts());
      if (reconnectIfDead(rig, storage)) {
        received.addAll(rig.receipts());
      }
    }
    rig.client.notificationOpened("d4");
    rig.loop.run();
    if (reconnectIfDead(rig, storage)) {
      rig.client.notificationOpened("d4");
      rig.loop.run();
    }
    received.addAll(rig.receipts());

    assertThat(rig.screen.log)
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

  private static boolean reconnectIfDead(ClientFixture rig, MortalStorage storage) {
    if (!storage.dead) {
      return false;
    }
    storage.dead = false;
    rig.connect();
    return true;
  }

  /// Fails once, before or after the records are written.
  private static final class MortalStorage implements DeviceStorage {
    private final DeviceStorage records = DeviceStorage.inMemory();
    private final int failAt;
    private final boolean written;
    private int writes;
    private boolean dead;

    MortalStorage(int failAt, boolean written) {
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
