// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.receipt;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.push.Webhook.EventType;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.WebhookOutbox.PendingEvent;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptFormatTest {
  private static final RegistrationId ADA = Fixtures.aRegistrationId();
  private static final RegistrationId BOB = Fixtures.aRegistrationId();

  private static Task task(Map<String, String> params) {
    var webhook = new Webhook(URI.create("https://a.example/"), params, Set.of(EventType.RECEIVED));
    return Fixtures.aTask().telling(webhook).build();
  }

  @Test
  void olderFormat_joinsTargetsInOneText() {
    Task task = task(Map.of(ReceiptParams.CALLBACK_PARAM, "p"));

    String text =
        ReceiptFormat.json(
            task,
            List.of(
                new PendingEvent(1, ADA, EventType.RECEIVED, NOW, ""),
                new PendingEvent(2, BOB, EventType.RECEIVED, NOW, "")));

    assertThat(text)
        .isEqualTo(
            "{\"%s\":{\"param\":\"p\",\"targets\":\"%s,%s\"}}".formatted(task.id(), ADA, BOB));
  }

  @Test
  void newerFormat_hasEachEvent() {
    Task task = task(Map.of(ReceiptParams.CALLBACK_ID, "7"));

    String text =
        ReceiptFormat.json(
            task, List.of(new PendingEvent(1, ADA, EventType.NOT_RECEIVED, NOW, "expired")));

    assertThat(text)
        .isEqualTo(
            "{\"%s\":{\"events\":[{\"target\":\"%s\",\"event\":\"not_received\",\"time\":%d}]}}"
                .formatted(task.id(), ADA, NOW.toEpochMilli()));
  }

  @Test
  void receiptOfAMessageToAnAlias_namesTheAliasOnce() {
    var plain =
        new Webhook(
            URI.create("https://a.example/"), Map.of(ReceiptParams.CALLBACK_PARAM, "p"), Set.of());
    Task task = task(ReceiptParams.withAlias(plain, "ada").params());

    String text =
        ReceiptFormat.json(
            task,
            List.of(
                new PendingEvent(1, ADA, EventType.RECEIVED, NOW, ""),
                new PendingEvent(2, BOB, EventType.RECEIVED, NOW, "")));

    assertThat(text)
        .isEqualTo("{\"%s\":{\"param\":\"p\",\"targets\":\"ada\"}}".formatted(task.id()));
  }
}
