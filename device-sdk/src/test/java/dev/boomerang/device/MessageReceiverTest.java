// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.data;
import static dev.boomerang.device.ClientFixture.notice;
import static dev.boomerang.device.ClientFixture.slotted;
import static dev.boomerang.device.ClientFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessageReceiverTest {
  private final ClientFixture rig = new ClientFixture().connect();

  @Test
  void notice_isShownAcknowledgedAndReported() {
    rig.deliver(notice("d1"));

    assertThat(rig.screen.log).containsExactly("show d1");
    assertThat(rig.links.last().acknowledged).containsExactly(1);
    assertThat(rig.receipts()).containsExactly("d1 shown");
  }

  @Test
  void notice_thatComesAgain_isAcknowledgedAndNotShown() {
    rig.deliver(notice("d1"), notice("d1")).deliver(notice("d1"));

    assertThat(rig.screen.log).containsExactly("show d1");
    assertThat(rig.links.last().acknowledged).containsExactly(1, 2, 3);
    assertThat(rig.receipts()).containsExactly("d1 shown");
  }

  @Test
  void notice_thatComesAgainAfterARestart_isNotShown() {
    rig.deliver(notice("d1")).connect().deliver(notice("d1"), notice("d2"));

    assertThat(rig.screen.log).containsExactly("show d1", "show d2");
  }

  @Test
  void notices_areShownInOrder() {
    rig.deliver(notice("d2"), notice("d1"), data("d3"), notice("d0"));

    assertThat(rig.screen.log).containsExactly("show d2", "show d1", "data d3", "show d0");
  }

  @Test
  void notice_afterItsLifetime_isAcknowledgedAndNotShown() {
    rig.advance(Duration.ofHours(1)).deliver(notice("d1"), data("d2"));

    assertThat(rig.screen.log).isEmpty();
    assertThat(rig.links.last().acknowledged).containsExactly(1, 2);
    assertThat(rig.receipts()).isEmpty();
  }

  @Test
  void notice_theScreenFailsToShow_isShownWhenItComesAgainOrOnTheNextStart() {
    rig.screen.broken.add("d1");
    rig.screen.broken.add("d2");
    rig.deliver(notice("d1"), notice("d2"), notice("d3"));
    rig.screen.broken.clear();
    assertThat(rig.screen.log).containsExactly("show d3");
    assertThat(rig.screen.troubles).hasSize(2);

    rig.deliver(notice("d1")).start();

    assertThat(rig.screen.log).containsExactly("show d3", "show d1", "show d2");
  }

  @Test
  void data_isHandedOverOnce() {
    rig.deliver(data("d1"), data("d1")).connect().deliver(data("d1"));

    assertThat(rig.screen.log).containsExactly("data d1");
    assertThat(rig.receipts()).isEmpty();
  }

  @Test
  void rubbish_isAcknowledgedAndDropped() {
    rig.deliver("{", "[]", "{}", "{\"type\": \"later\"}", "{\"type\": \"notify\"}", notice("d1"));

    assertThat(rig.screen.log).containsExactly("show d1");
    assertThat(rig.links.last().acknowledged).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void withdraw_ofAShownNotice_takesItOff() {
    rig.deliver(notice("d1")).deliver(withdraw("d1"));

    assertThat(rig.screen.log).containsExactly("show d1", "withdraw d1");
    assertThat(rig.receipts()).containsExactly("d1 shown", "d1 withdrawn");
  }

  @Test
  void withdraw_ofANoticeShownByAnEarlierRun_takesItOff() {
    rig.deliver(notice("d1")).connect().deliver(withdraw("d1"));

    assertThat(rig.screen.log).containsExactly("show d1", "withdraw d1");
  }

  @Test
  void withdraw_inTheSameBatch_keepsTheNoticeFromTheScreen() {
    rig.deliver(notice("d1"), withdraw("d1"));

    assertThat(rig.screen.log).isEmpty();
    assertThat(rig.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_ofAnOpenedOrDismissedNotice_isTooLate() {
    rig.deliver(notice("d1"), notice("d2"));
    rig.client.notificationOpened("d1");
    rig.client.notificationDismissed("d2");
    rig.loop.run();

    rig.deliver(withdraw("d1", "d2"));

    assertThat(rig.screen.log).containsExactly("show d1", "show d2");
    assertThat(rig.receipts())
        .containsExactly(
            "d1 shown", "d2 shown", "d1 opened", "d2 dismissed", "d1 tooLate", "d2 tooLate");
  }

  @Test
  void withdraw_theScreenIsTooLateFor_isReportedSo() {
    rig.screen.tooLate.add("d1");
    rig.deliver(notice("d1")).deliver(withdraw("d1"));
    rig.client.notificationOpened("d1");
    rig.loop.run();

    assertThat(rig.receipts()).containsExactly("d1 shown", "d1 tooLate", "d1 opened");
  }

  @Test
  void withdraw_theScreenFailsAt_isNotReportedAndCanBeAskedAgain() {
    rig.deliver(notice("d1"));
    rig.screen.broken.add("d1");
    rig.deliver(withdraw("d1"));
    assertThat(rig.receipts()).containsExactly("d1 shown");

    rig.screen.broken.clear();
    rig.deliver(withdraw("d1"));

    assertThat(rig.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_ofAnUnknownDelivery_keepsItFromEverBeingShown() {
    rig.deliver(withdraw("d1")).deliver(notice("d1"));
    rig.connect().deliver(notice("d1"));

    assertThat(rig.screen.log).isEmpty();
    assertThat(rig.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_repeated_answersTheSame() {
    rig.deliver(notice("d1")).deliver(withdraw("d1"));
    assertThat(rig.receipts()).containsExactly("d1 shown", "d1 withdrawn");

    rig.deliver(withdraw("d1"));

    assertThat(rig.screen.log).containsExactly("show d1", "withdraw d1");
    assertThat(rig.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_ofAnExpiredNotice_saysItWasNotSeen() {
    rig.advance(Duration.ofHours(2)).deliver(notice("d1")).deliver(withdraw("d1"));

    assertThat(rig.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_ofHandedData_isTooLate() {
    rig.deliver(data("d1")).deliver(withdraw("d1"));

    assertThat(rig.receipts()).containsExactly("d1 tooLate");
  }

  @Test
  void withdraw_byTask_takesOffWhatIsKnownAndKeepsAwayTheRest() {
    rig.deliver(notice("d1"));
    rig.deliver("{\"type\": \"withdraw\", \"task\": \"task-d1\"}");
    rig.deliver("{\"type\": \"withdraw\", \"task\": \"task-d2\"}").connect();
    rig.deliver(notice("d2"));

    assertThat(rig.screen.log).containsExactly("show d1", "withdraw d1");
    assertThat(rig.receipts()).containsExactly("d1 shown", "d1 withdrawn", "d2 withdrawn");
  }

  @Test
  void withdraw_forced_takesEverythingOffOnlyIfNothingNamedIsKnown() {
    rig.deliver(notice("d1"), notice("d2"), notice("d3"));
    rig.client.notificationOpened("d3");
    rig.deliver("{\"type\": \"withdraw\", \"task\": \"task-d1\", \"force\": true}");
    assertThat(rig.screen.visible).containsExactly("d2", "d3");

    rig.deliver("{\"type\": \"withdraw\", \"task\": \"another\", \"force\": true}");

    assertThat(rig.screen.visible).containsExactly("d3");
  }

  @Test
  void slot_newerNotice_replacesTheUnopenedOne() {
    rig.deliver(slotted("d1", "score")).connect().deliver(slotted("d2", "score"));
    rig.deliver(withdraw("d1"));

    assertThat(rig.screen.log).containsExactly("show d1", "replace d1 by d2");
    assertThat(rig.receipts())
        .containsExactly("d1 shown", "d1 replaced", "d2 shown", "d1 withdrawn");
  }

  @Test
  void slot_ofANoticeThatNamesNone_isItsTask() {
    rig.deliver(notice("d1")).connect().deliver(slotted("d2", "task-d1"));

    assertThat(rig.screen.log).containsExactly("show d1", "replace d1 by d2");
  }

  @Test
  void dataWithANotice_isHandedOverOnceItIsUp() {
    rig.deliver(
        notice("d1", ", \"data\": {\"body\": \"for the app\", \"extras\": {\"k\": \"v\"}}"));
    rig.connect();

    assertThat(rig.screen.log).containsExactly("show d1", "data d1");
  }

  @Test
  void slot_openedNotice_isLeftAlone() {
    rig.deliver(slotted("d1", "score"));
    rig.client.notificationOpened("d1");
    rig.deliver(slotted("d2", "score"), slotted("d3", "other"));

    assertThat(rig.screen.log).containsExactly("show d1", "show d2", "show d3");
  }

  @Test
  void slot_severalInOneBatch_onlyTheNewestIsShown() {
    rig.deliver(slotted("d1", "score"), slotted("d2", "score"), slotted("d3", "score"));

    assertThat(rig.screen.log).containsExactly("show d3");
    assertThat(rig.receipts()).containsExactly("d1 replaced", "d2 replaced", "d3 shown");
  }

  @Test
  void slot_whoseNewestWasCalledBackBeforeItWasShown_isEmptied() {
    rig.deliver(slotted("d1", "score")).deliver(slotted("d2", "score"), withdraw("d2"));

    assertThat(rig.screen.visible).isEmpty();
    assertThat(rig.receipts()).containsExactly("d1 shown", "d2 withdrawn", "d1 replaced");
  }

  @Test
  void slot_whoseCalledBackNoticeComesAgain_keepsTheNewerOne() {
    rig.deliver(slotted("d1", "score")).deliver(withdraw("d1"));
    rig.deliver(slotted("d2", "score")).deliver(slotted("d1", "score"));

    assertThat(rig.screen.visible).containsExactly("d2");
  }

  @Test
  void opened_isReportedOnce_alsoAfterARestart() {
    rig.deliver(notice("d1")).connect();
    rig.client.notificationOpened("d1");
    rig.client.notificationOpened("d1");
    rig.client.notificationDismissed("d1");
    rig.client.notificationOpened("unknown");
    rig.loop.run();

    assertThat(rig.receipts()).containsExactly("d1 shown", "d1 opened");
  }

  @Test
  void opened_beforeTheStart_waitsForIt() {
    rig.deliver(notice("d1"));
    var next = new ClientFixture();
    next.storage = rig.storage;
    next.client = next.build();
    next.client.notificationOpened("d1");
    next.loop.run();
    next.client.start();
    next.loop.run();
    next.ready();

    assertThat(next.receipts()).containsExactly("d1 shown", "d1 opened");
  }
}
