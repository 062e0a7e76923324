// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.notice;
import static dev.boomerang.device.ClientFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.internal.delivery.DeliveryLog;
import dev.boomerang.device.internal.delivery.DeliveryRecord;
import dev.boomerang.device.internal.json.Json;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {
  private static final Duration PAST_ALL_LIFETIMES =
      Duration.ofHours(1).plus(DeliveryLog.RETENTION);

  private final ClientFixture rig = new ClientFixture().connect();

  @Test
  void compaction_keepsStorageSmallAndForgetsNothingNeeded() throws Exception {
    for (int i = 0; i < 40; i++) {
      rig.deliver(notices(i * 100, 100));
      rig.receipts();
    }
    assertThat(rig.storage.open().size()).isLessThan(4000 * 2 + 2000);

    rig.connect().deliver(notice("d0"), notice("d3999"));
    assertThat(rig.screen.log).hasSize(4000);
    assertThat(rig.receipts()).isEmpty();
  }

  @Test
  void deliveries_areForgottenAWeekAfterTheirLifetime_butTheNewestNever() throws Exception {
    rig.deliver(notices(0, 2000));
    rig.receipts();
    rig.advance(PAST_ALL_LIFETIMES.plusDays(1)).connect();
    var ledger = read();

    assertThat(ledger.find("d0")).isEmpty();
    assertThat(ledger.find("d999")).isEmpty();
    assertThat(ledger.find("d1000")).isPresent();
    assertThat(ledger.find("d1999")).isPresent();
  }

  @Test
  void deliveries_areRememberedUntilThen() throws Exception {
    rig.deliver(notices(0, 2000));
    rig.receipts();
    rig.advance(Duration.ofDays(6)).connect();

    assertThat(read().find("d0")).isPresent();
  }

  @Test
  void deliveries_areNeverMoreThanTheBound() throws Exception {
    var ledger = new DeliveryLog(rig.loop);
    for (int i = 0; i < DeliveryLog.MAX_RECORDS + 10; i++) {
      ledger.apply(
          new DeliveryRecord("d" + i, "t", "", DeliveryRecord.State.SHOWN, Long.MAX_VALUE, "")
              .write());
    }

    assertThat(ledger.find("d9")).isEmpty();
    assertThat(ledger.find("d10")).isPresent();
  }

  @Test
  void snapshot_saysAllThatIsKnown() throws Exception {
    rig.deliver(notice("d1"), notice("d2"), notice("d3"));
    rig.receipts();
    rig.screen.broken.add("d4");
    rig.client.notificationOpened("d1");
    rig.deliver(
        notice("d4"), withdraw("d2", "d5"), "{\"type\": \"withdraw\", \"task\": \"task-d6\"}");
    var ledger = read();
    var copy = new DeliveryLog(rig.loop);
    ledger.snapshot().forEach(copy::apply);

    assertThat(copy.snapshot().stream().map(Json::write))
        .containsExactlyElementsOf(ledger.snapshot().stream().map(Json::write).toList());
    assertThat(copy.find("d4").orElseThrow().message).contains("\"body\":\"b\"");
    assertThat(copy.isRecalled("task-d6")).isTrue();
    assertThat(copy.receipts(10).stream().map(receipt -> receipt.deliveryId + receipt.event))
        .containsExactly("d1opened", "d5withdrawn", "d2withdrawn");
  }

  private DeliveryLog read() throws Exception {
    var ledger = new DeliveryLog(rig.loop);
    for (String record : rig.storage.open()) {
      ledger.apply(Json.read(record));
    }
    ledger.snapshot();
    return ledger;
  }

  private static String[] notices(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> notice("d" + i))
        .toArray(String[]::new);
  }
}
