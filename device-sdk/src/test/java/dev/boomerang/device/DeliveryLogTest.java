// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.notification;
import static dev.boomerang.device.ClientFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.internal.delivery.DeliveryLog;
import dev.boomerang.device.internal.delivery.DeliveryRecord;
import dev.boomerang.device.internal.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {
  private static final Duration PAST_ALL_LIFETIMES =
      Duration.ofHours(1).plus(DeliveryLog.RETENTION);

  private final ClientFixture fixture = new ClientFixture().connect();

  @Test
  void compaction_keepsStorageSmallAndForgetsNothingNeeded() throws Exception {
    for (int i = 0; i < 40; i++) {
      fixture.deliver(notifications(i * 100, 100));
      fixture.receipts();
    }
    assertThat(fixture.storage.open().size()).isLessThan(4000 * 2 + 2000);

    fixture.connect().deliver(notification("d0"), notification("d3999"));
    assertThat(fixture.handler.log).hasSize(4000);
    assertThat(fixture.receipts()).isEmpty();
  }

  @Test
  void deliveries_areForgottenAWeekAfterTheirLifetime_butTheNewestNever() throws Exception {
    fixture.deliver(notifications(0, 2000));
    fixture.receipts();
    fixture.advance(PAST_ALL_LIFETIMES.plusDays(1)).connect();
    var log = read();

    assertThat(log.find("d0")).isEmpty();
    assertThat(log.find("d999")).isEmpty();
    assertThat(log.find("d1000")).isPresent();
    assertThat(log.find("d1999")).isPresent();
  }

  @Test
  void deliveries_areRememberedUntilThen() throws Exception {
    fixture.deliver(notifications(0, 2000));
    fixture.receipts();
    fixture.advance(Duration.ofDays(6)).connect();

    assertThat(read().find("d0")).isPresent();
  }

  @Test
  void deliveries_areNeverMoreThanTheBound() throws Exception {
    var log = new DeliveryLog(fixture.loop);
    for (int i = 0; i < DeliveryLog.MAX_RECORDS + 10; i++) {
      log.apply(
          new DeliveryRecord("d" + i, "t", "", DeliveryRecord.State.SHOWN, Long.MAX_VALUE, "")
              .write());
    }

    assertThat(log.find("d9")).isEmpty();
    assertThat(log.find("d10")).isPresent();
  }

  @Test
  void snapshot_saysAllThatIsKnown() throws Exception {
    fixture.deliver(notification("d1"), notification("d2"), notification("d3"));
    fixture.receipts();
    fixture.handler.failing.add("d4");
    fixture.client.notificationOpened("d1");
    fixture.deliver(
        notification("d4"),
        withdraw("d2", "d5"),
        "{\"type\": \"withdraw\", \"task\": \"task-d6\"}");
    var log = read();
    var copy = new DeliveryLog(fixture.loop);
    log.snapshot().forEach(copy::apply);

    assertThat(copy.snapshot().stream().map(Json::write))
        .containsExactlyElementsOf(log.snapshot().stream().map(Json::write).toList());
    assertThat(copy.find("d4").orElseThrow().message).contains("\"body\":\"b\"");
    assertThat(copy.isRecalled("task-d6")).isTrue();
    assertThat(copy.receipts(10).stream().map(receipt -> receipt.deliveryId + receipt.event))
        .containsExactly("d1opened", "d5withdrawn", "d2withdrawn");
  }

  @Test
  void state_isStoredUnderANameOfItsOwn() {
    assertThat(DeliveryRecord.State.values())
        .extracting(state -> new DeliveryRecord("d1", "t", "", state, 0, "").write().text("s"))
        .containsExactly(
            "received",
            "shown",
            "opened",
            "dismissed",
            "replaced",
            "withdrawn",
            "notWithdrawable",
            "expired",
            "deliveredToApp");
  }

  @Test
  void record_withAnUnknownState_isIgnoredAndReportedOnce() throws Exception {
    var newer =
        "{\"r\": \"delivery\", \"d\": \"%s\", \"t\": \"t\", \"s\": \"later\", \"until\": 1}";
    fixture.deliver(notification("d1"));
    fixture.storage.append(List.of(newer.formatted("d2"), newer.formatted("d3")));

    fixture.connect().deliver(notification("d1"), notification("d4"));

    assertThat(fixture.handler.log).containsExactly("show d1", "show d4");
    assertThat(fixture.handler.errors).containsExactly("stored deliveries were ignored: 2");
    assertThat(read().find("d2")).isEmpty();
  }

  private DeliveryLog read() throws Exception {
    var log = new DeliveryLog(fixture.loop);
    for (String record : fixture.storage.open()) {
      log.apply(Json.read(record));
    }
    log.snapshot();
    return log;
  }

  private static String[] notifications(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> notification("d" + i))
        .toArray(String[]::new);
  }
}
