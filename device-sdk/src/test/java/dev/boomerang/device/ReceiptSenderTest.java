// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.notice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.internal.delivery.ReceiptSender;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiptSenderTest {
  private final ClientFixture rig = new ClientFixture().connect();

  @Test
  void receipts_waitAMomentAndGoTogether() {
    rig.deliver(notice("d1"));
    rig.advance(ReceiptSender.BATCH_DELAY.dividedBy(2)).deliver(notice("d2"));
    assertThat(rig.links.last().published).isEmpty();

    rig.advance(ReceiptSender.BATCH_DELAY.dividedBy(2));

    assertThat(rig.links.last().published)
        .containsExactly(
            """
            {"receipts":[{"delivery":"d1","event":"shown","at":1800000000000},\
            {"delivery":"d2","event":"shown","at":1800000000050}]}\
            """);
  }

  @Test
  void receipts_thatAreMany_goAtOnceInBatchesOneAfterTheOther() {
    rig.deliver(IntStream.range(0, 250).mapToObj(i -> notice("d" + i)).toArray(String[]::new));
    assertThat(rig.links.last().published).hasSize(1);

    var all = rig.receipts();

    assertThat(rig.links.last().published).hasSize(3);
    assertThat(all)
        .containsExactlyElementsOf(
            IntStream.range(0, 250).mapToObj(i -> "d" + i + " shown").toList());
  }

  @Test
  void receipts_notAcknowledged_goOutAgainInOrderOnTheNextConnection() {
    rig.deliver(notice("d1")).advance(ReceiptSender.BATCH_DELAY);
    rig.client.notificationOpened("d1");
    rig.loop.run();
    rig.drop().advance(ClientFixture.FIRST).ready();

    assertThat(rig.links.opened).hasSize(2);
    assertThat(ClientFixture.events(rig.links.last().published.getFirst()))
        .containsExactly("d1 shown", "d1 opened");
  }

  @Test
  void receipts_notAcknowledged_goOutAgainAfterARestart() {
    rig.deliver(notice("d1")).advance(ReceiptSender.BATCH_DELAY);
    assertThat(rig.links.last().published).hasSize(1);

    assertThat(rig.connect().receipts()).containsExactly("d1 shown");
    assertThat(rig.connect().receipts()).isEmpty();
  }

  @Test
  void receipts_madeOffline_goOutOnTheNextConnection() {
    rig.deliver(notice("d1"));
    rig.receipts();
    rig.drop();
    rig.client.notificationOpened("d1");
    rig.advance(ClientFixture.FIRST).ready();

    assertThat(rig.receipts()).containsExactly("d1 opened");
  }

  @Test
  void receipts_theServerIsSilentAbout_endTheConnection() {
    rig.deliver(notice("d1")).advance(ReceiptSender.BATCH_DELAY).advance(ReceiptSender.ACK_TIMEOUT);
    assertThat(rig.links.last().closed).isTrue();

    rig.advance(Duration.ofSeconds(1)).ready();

    assertThat(rig.receipts()).containsExactly("d1 shown");
  }

  @Test
  void acknowledgement_ofAnotherConnection_countsForNothing() {
    rig.deliver(notice("d1")).advance(ReceiptSender.BATCH_DELAY);
    var old = rig.links.last();
    rig.drop().advance(ClientFixture.FIRST).ready();
    old.events.published();
    rig.loop.run();

    assertThat(rig.connect().receipts()).containsExactly("d1 shown");
  }
}
