// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static dev.boomerang.device.ClientFixture.data;
import static dev.boomerang.device.ClientFixture.notification;
import static dev.boomerang.device.ClientFixture.notificationWithKey;
import static dev.boomerang.device.ClientFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessageProcessorTest {
  private final ClientFixture fixture = new ClientFixture().connect();

  @Test
  void notification_isShownAcknowledgedAndReported() {
    fixture.deliver(notification("d1"));

    assertThat(fixture.handler.log).containsExactly("show d1");
    assertThat(fixture.transport.last().acknowledged).containsExactly(1);
    assertThat(fixture.receipts()).containsExactly("d1 shown");
  }

  @Test
  void notification_thatComesAgain_isAcknowledgedAndNotShown() {
    fixture.deliver(notification("d1"), notification("d1")).deliver(notification("d1"));

    assertThat(fixture.handler.log).containsExactly("show d1");
    assertThat(fixture.transport.last().acknowledged).containsExactly(1, 2, 3);
    assertThat(fixture.receipts()).containsExactly("d1 shown");
  }

  @Test
  void notification_thatComesAgainAfterARestart_isNotShown() {
    fixture.deliver(notification("d1")).connect().deliver(notification("d1"), notification("d2"));

    assertThat(fixture.handler.log).containsExactly("show d1", "show d2");
  }

  @Test
  void notifications_areShownInOrder() {
    fixture.deliver(notification("d2"), notification("d1"), data("d3"), notification("d0"));

    assertThat(fixture.handler.log).containsExactly("show d2", "show d1", "data d3", "show d0");
  }

  @Test
  void notification_afterItsLifetime_isAcknowledgedAndNotShown() {
    fixture.advance(Duration.ofHours(1)).deliver(notification("d1"), data("d2"));

    assertThat(fixture.handler.log).isEmpty();
    assertThat(fixture.transport.last().acknowledged).containsExactly(1, 2);
    assertThat(fixture.receipts()).isEmpty();
  }

  @Test
  void notification_theHandlerFailsToShow_isShownWhenItComesAgainOrOnTheNextStart() {
    fixture.handler.failing.add("d1");
    fixture.handler.failing.add("d2");
    fixture.deliver(notification("d1"), notification("d2"), notification("d3"));
    fixture.handler.failing.clear();
    assertThat(fixture.handler.log).containsExactly("show d3");
    assertThat(fixture.handler.errors).hasSize(2);

    fixture.deliver(notification("d1")).start();

    assertThat(fixture.handler.log).containsExactly("show d3", "show d1", "show d2");
  }

  @Test
  void data_isHandedOverOnce() {
    fixture.deliver(data("d1"), data("d1")).connect().deliver(data("d1"));

    assertThat(fixture.handler.log).containsExactly("data d1");
    assertThat(fixture.receipts()).isEmpty();
  }

  @Test
  void malformedMessage_isAcknowledgedAndDropped() {
    fixture.deliver(
        "{", "[]", "{}", "{\"type\": \"later\"}", "{\"type\": \"notify\"}", notification("d1"));

    assertThat(fixture.handler.log).containsExactly("show d1");
    assertThat(fixture.transport.last().acknowledged).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void withdraw_ofAShownNotification_removesIt() {
    fixture.deliver(notification("d1")).deliver(withdraw("d1"));

    assertThat(fixture.handler.log).containsExactly("show d1", "withdraw d1");
    assertThat(fixture.receipts()).containsExactly("d1 shown", "d1 withdrawn");
  }

  @Test
  void withdraw_ofANotificationShownByAnEarlierRun_removesIt() {
    fixture.deliver(notification("d1")).connect().deliver(withdraw("d1"));

    assertThat(fixture.handler.log).containsExactly("show d1", "withdraw d1");
  }

  @Test
  void withdraw_inTheSameBatch_keepsTheNotificationFromBeingShown() {
    fixture.deliver(notification("d1"), withdraw("d1"));

    assertThat(fixture.handler.log).isEmpty();
    assertThat(fixture.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_ofAnOpenedOrDismissedNotification_isTooLate() {
    fixture.deliver(notification("d1"), notification("d2"));
    fixture.client.notificationOpened("d1");
    fixture.client.notificationDismissed("d2");
    fixture.loop.run();

    fixture.deliver(withdraw("d1", "d2"));

    assertThat(fixture.handler.log).containsExactly("show d1", "show d2");
    assertThat(fixture.receipts())
        .containsExactly(
            "d1 shown", "d2 shown", "d1 opened", "d2 dismissed", "d1 tooLate", "d2 tooLate");
  }

  @Test
  void withdraw_theHandlerIsTooLateFor_isReportedSo() {
    fixture.handler.tooLate.add("d1");
    fixture.deliver(notification("d1")).deliver(withdraw("d1"));
    fixture.client.notificationOpened("d1");
    fixture.loop.run();

    assertThat(fixture.receipts()).containsExactly("d1 shown", "d1 tooLate", "d1 opened");
  }

  @Test
  void withdraw_theHandlerFailsAt_isNotReportedAndCanBeAskedAgain() {
    fixture.deliver(notification("d1"));
    fixture.handler.failing.add("d1");
    fixture.deliver(withdraw("d1"));
    assertThat(fixture.receipts()).containsExactly("d1 shown");

    fixture.handler.failing.clear();
    fixture.deliver(withdraw("d1"));

    assertThat(fixture.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_ofAnUnknownDelivery_keepsItFromEverBeingShown() {
    fixture.deliver(withdraw("d1")).deliver(notification("d1"));
    fixture.connect().deliver(notification("d1"));

    assertThat(fixture.handler.log).isEmpty();
    assertThat(fixture.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_repeated_answersTheSame() {
    fixture.deliver(notification("d1")).deliver(withdraw("d1"));
    assertThat(fixture.receipts()).containsExactly("d1 shown", "d1 withdrawn");

    fixture.deliver(withdraw("d1"));

    assertThat(fixture.handler.log).containsExactly("show d1", "withdraw d1");
    assertThat(fixture.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_ofAnExpiredNotification_saysItWasNotSeen() {
    fixture.advance(Duration.ofHours(2)).deliver(notification("d1")).deliver(withdraw("d1"));

    assertThat(fixture.receipts()).containsExactly("d1 withdrawn");
  }

  @Test
  void withdraw_ofHandedData_isTooLate() {
    fixture.deliver(data("d1")).deliver(withdraw("d1"));

    assertThat(fixture.receipts()).containsExactly("d1 tooLate");
  }

  @Test
  void withdraw_byTask_removesWhatIsKnownAndKeepsAwayTheRest() {
    fixture.deliver(notification("d1"));
    fixture.deliver("{\"type\": \"withdraw\", \"task\": \"task-d1\"}");
    fixture.deliver("{\"type\": \"withdraw\", \"task\": \"task-d2\"}").connect();
    fixture.deliver(notification("d2"));

    assertThat(fixture.handler.log).containsExactly("show d1", "withdraw d1");
    assertThat(fixture.receipts()).containsExactly("d1 shown", "d1 withdrawn", "d2 withdrawn");
  }

  @Test
  void withdraw_forced_removesEverythingOnlyIfNothingNamedIsKnown() {
    fixture.deliver(notification("d1"), notification("d2"), notification("d3"));
    fixture.client.notificationOpened("d3");
    fixture.deliver("{\"type\": \"withdraw\", \"task\": \"task-d1\", \"force\": true}");
    assertThat(fixture.handler.visible).containsExactly("d2", "d3");

    fixture.deliver("{\"type\": \"withdraw\", \"task\": \"another\", \"force\": true}");

    assertThat(fixture.handler.visible).containsExactly("d3");
  }

  @Test
  void collapseKey_newerNotification_replacesTheUnopenedOne() {
    fixture
        .deliver(notificationWithKey("d1", "score"))
        .connect()
        .deliver(notificationWithKey("d2", "score"));
    fixture.deliver(withdraw("d1"));

    assertThat(fixture.handler.log).containsExactly("show d1", "replace d1 by d2");
    assertThat(fixture.receipts())
        .containsExactly("d1 shown", "d1 replaced", "d2 shown", "d1 withdrawn");
  }

  @Test
  void collapseKey_ofANotificationThatNamesNone_isItsTask() {
    fixture.deliver(notification("d1")).connect().deliver(notificationWithKey("d2", "task-d1"));

    assertThat(fixture.handler.log).containsExactly("show d1", "replace d1 by d2");
  }

  @Test
  void dataWithANotification_isHandedOverOnceItIsShown() {
    fixture.deliver(
        notification("d1", ", \"data\": {\"body\": \"for the app\", \"extras\": {\"k\": \"v\"}}"));
    fixture.connect();

    assertThat(fixture.handler.log).containsExactly("show d1", "data d1");
  }

  @Test
  void collapseKey_openedNotification_isLeftAlone() {
    fixture.deliver(notificationWithKey("d1", "score"));
    fixture.client.notificationOpened("d1");
    fixture.deliver(notificationWithKey("d2", "score"), notificationWithKey("d3", "other"));

    assertThat(fixture.handler.log).containsExactly("show d1", "show d2", "show d3");
  }

  @Test
  void collapseKey_severalInOneBatch_onlyTheNewestIsShown() {
    fixture.deliver(
        notificationWithKey("d1", "score"),
        notificationWithKey("d2", "score"),
        notificationWithKey("d3", "score"));

    assertThat(fixture.handler.log).containsExactly("show d3");
    assertThat(fixture.receipts()).containsExactly("d1 replaced", "d2 replaced", "d3 shown");
  }

  @Test
  void collapseKey_whoseNewestWasRecalledBeforeItWasShown_isEmptied() {
    fixture
        .deliver(notificationWithKey("d1", "score"))
        .deliver(notificationWithKey("d2", "score"), withdraw("d2"));

    assertThat(fixture.handler.visible).isEmpty();
    assertThat(fixture.receipts()).containsExactly("d1 shown", "d2 withdrawn", "d1 replaced");
  }

  @Test
  void collapseKey_whoseRecalledNotificationComesAgain_keepsTheNewerOne() {
    fixture.deliver(notificationWithKey("d1", "score")).deliver(withdraw("d1"));
    fixture.deliver(notificationWithKey("d2", "score")).deliver(notificationWithKey("d1", "score"));

    assertThat(fixture.handler.visible).containsExactly("d2");
  }

  @Test
  void opened_isReportedOnce_alsoAfterARestart() {
    fixture.deliver(notification("d1")).connect();
    fixture.client.notificationOpened("d1");
    fixture.client.notificationOpened("d1");
    fixture.client.notificationDismissed("d1");
    fixture.client.notificationOpened("unknown");
    fixture.loop.run();

    assertThat(fixture.receipts()).containsExactly("d1 shown", "d1 opened");
  }

  @Test
  void opened_beforeTheStart_waitsForIt() {
    fixture.deliver(notification("d1"));
    var next = new ClientFixture();
    next.storage = fixture.storage;
    next.client = next.build();
    next.client.notificationOpened("d1");
    next.loop.run();
    next.client.start();
    next.loop.run();
    next.ready();

    assertThat(next.receipts()).containsExactly("d1 shown", "d1 opened");
  }
}
