// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.notification;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.device.internal.delivery.ReceiptSender;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiptSenderTest {
  private final ClientFixture fixture = new ClientFixture().connect();

  @Test
  void receipts_waitAMomentAndGoTogether() {
    fixture.deliver(notification("d1"));
    fixture.advance(ReceiptSender.BATCH_DELAY.dividedBy(2)).deliver(notification("d2"));
    assertThat(fixture.transport.last().published).isEmpty();

    fixture.advance(ReceiptSender.BATCH_DELAY.dividedBy(2));

    assertThat(fixture.transport.last().published)
        .containsExactly(
            """
            {"receipts":[{"delivery":"d1","event":"shown","at":1800000000000},\
            {"delivery":"d2","event":"shown","at":1800000000050}]}\
            """);
  }

  @Test
  void receipts_thatAreMany_goAtOnceInBatchesOneAfterTheOther() {
    fixture.deliver(
        IntStream.range(0, 250).mapToObj(i -> notification("d" + i)).toArray(String[]::new));
    assertThat(fixture.transport.last().published).hasSize(1);

    var all = fixture.receipts();

    assertThat(fixture.transport.last().published).hasSize(3);
    assertThat(all)
        .containsExactlyElementsOf(
            IntStream.range(0, 250).mapToObj(i -> "d" + i + " shown").toList());
  }

  @Test
  void receipts_notAcknowledged_goOutAgainInOrderOnTheNextConnection() {
    fixture.deliver(notification("d1")).advance(ReceiptSender.BATCH_DELAY);
    fixture.client.notificationOpened("d1");
    fixture.loop.run();
    fixture.drop().advance(ClientFixture.INITIAL_BACKOFF).ready();

    assertThat(fixture.transport.opened).hasSize(2);
    assertThat(ClientFixture.events(fixture.transport.last().published.getFirst()))
        .containsExactly("d1 shown", "d1 opened");
  }

  @Test
  void receipts_notAcknowledged_goOutAgainAfterARestart() {
    fixture.deliver(notification("d1")).advance(ReceiptSender.BATCH_DELAY);
    assertThat(fixture.transport.last().published).hasSize(1);

    assertThat(fixture.connect().receipts()).containsExactly("d1 shown");
    assertThat(fixture.connect().receipts()).isEmpty();
  }

  @Test
  void receipts_madeOffline_goOutOnTheNextConnection() {
    fixture.deliver(notification("d1"));
    fixture.receipts();
    fixture.drop();
    fixture.client.notificationOpened("d1");
    fixture.advance(ClientFixture.INITIAL_BACKOFF).ready();

    assertThat(fixture.receipts()).containsExactly("d1 opened");
  }

  @Test
  void receipts_theServerIsSilentAbout_endTheConnection() {
    fixture
        .deliver(notification("d1"))
        .advance(ReceiptSender.BATCH_DELAY)
        .advance(ReceiptSender.ACK_TIMEOUT);
    assertThat(fixture.transport.last().closed).isTrue();

    fixture.advance(Duration.ofSeconds(1)).ready();

    assertThat(fixture.receipts()).containsExactly("d1 shown");
  }

  @Test
  void acknowledgement_ofAnotherConnection_countsForNothing() {
    fixture.deliver(notification("d1")).advance(ReceiptSender.BATCH_DELAY);
    var old = fixture.transport.last();
    fixture.drop().advance(ClientFixture.INITIAL_BACKOFF).ready();
    old.events.published();
    fixture.loop.run();

    assertThat(fixture.connect().receipts()).containsExactly("d1 shown");
  }
}
