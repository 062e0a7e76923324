// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import static dev.boomerang.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.Given;
import dev.boomerang.model.Callback;
import dev.boomerang.model.Callback.Event;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Task;
import dev.boomerang.port.CallbackStore.Note;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptTextTest {
  private static final RegistrationId ADA = Given.aRegistrationId();
  private static final RegistrationId BOB = Given.aRegistrationId();

  private static Task task(Map<String, String> params) {
    var callback = new Callback(URI.create("https://a.example/"), params, Set.of(Event.RECEIVED));
    return Given.aTask().telling(callback).build();
  }

  @Test
  void olderReceipt_namesThoseItArrivedAt_inOneText() {
    Task task = task(Map.of(Receipts.PARAM, "p"));

    String text =
        VivoDialect.RECEIPTS.json(
            task,
            List.of(
                new Note(1, ADA, Event.RECEIVED, NOW, ""),
                new Note(2, BOB, Event.RECEIVED, NOW, "")));

    assertThat(text)
        .isEqualTo(
            "{\"%s\":{\"param\":\"p\",\"targets\":\"%s,%s\"}}".formatted(task.id(), ADA, BOB));
  }

  @Test
  void newerReceipt_namesEachEvent() {
    Task task = task(Map.of(Receipts.ID, "7"));

    String text =
        VivoDialect.RECEIPTS.json(
            task, List.of(new Note(1, ADA, Event.NOT_RECEIVED, NOW, "expired")));

    assertThat(text)
        .isEqualTo(
            "{\"%s\":{\"events\":[{\"target\":\"%s\",\"event\":\"not_received\",\"time\":%d}]}}"
                .formatted(task.id(), ADA, NOW.toEpochMilli()));
  }

  @Test
  void receiptOfAMessageForAnAlias_namesTheAliasOnce() {
    var plain =
        new Callback(URI.create("https://a.example/"), Map.of(Receipts.PARAM, "p"), Set.of());
    Task task = task(Receipts.naming(plain, "ada").params());

    String text =
        VivoDialect.RECEIPTS.json(
            task,
            List.of(
                new Note(1, ADA, Event.RECEIVED, NOW, ""),
                new Note(2, BOB, Event.RECEIVED, NOW, "")));

    assertThat(text)
        .isEqualTo("{\"%s\":{\"param\":\"p\",\"targets\":\"ada\"}}".formatted(task.id()));
  }
}
