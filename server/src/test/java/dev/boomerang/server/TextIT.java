// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.contract.DifficultTexts;
import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.server.TextClient.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Texts of every kind, through every place of every dialect, on both stores: what is taken is
/// shown on the device as it was sent, what is none is refused, and the stores never differ.
class TextIT {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
  private static List<TextClient> clients = List.of();

  @BeforeContainer
  static void start() throws Exception {
    var postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    OPEN.push(postgres);
    var sqlite = new TextClient(folder(), Map.of());
    OPEN.push(sqlite);
    var onPostgres =
        new TextClient(
            folder(),
            Map.of(
                "store", "postgres",
                "postgres-url", postgres.getJdbcUrl("postgres", "postgres"),
                "postgres-user", "postgres",
                "postgres-password", "postgres"));
    OPEN.push(onPostgres);
    clients = List.of(sqlite, onPostgres);
  }

  private static Path folder() throws Exception {
    return Files.createTempDirectory("boomerang-text");
  }

  @AfterContainer
  static void stop() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(DifficultTexts.WELL_FORMED),
        Arbitraries.of(DifficultTexts.ILL_FORMED),
        Arbitraries.strings().all().ofMinLength(1).ofMaxLength(6),
        Arbitraries.integers()
            .between(1, Character.MAX_CODE_POINT)
            .filter(point -> point < 0xd800 || point > 0xdfff)
            .map(Character::toString)
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(points -> String.join("", points)));
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void text_isShownAsItWasSent_orRefusedAlike(@ForAll("texts") String text) throws Exception {
    for (TextEntry entry : TextEntry.ALL) {
      int number = NUMBERS.incrementAndGet();
      Outcome first = outcome(clients.getFirst(), entry, text, number);
      Outcome second = outcome(clients.getLast(), entry, text, number);

      String what = entry + " " + WellFormedText.visible(text) + " " + first + " " + second;
      assertThat(second.status()).as(what).isEqualTo(first.status()).isLessThan(500);
      assertThat(second.code()).as(what).isEqualTo(first.code());
      if (!WellFormedText.is(text)) {
        assertThat(first.isAccepted()).as(what).isFalse();
        assertThat(first.text()).as(what).doesNotContain("try again");
      }
    }
  }

  private static Outcome outcome(TextClient client, TextEntry entry, String text, int number)
      throws Exception {
    Outcome outcome = client.send(entry, text, number);
    if (outcome.isAccepted() && entry.shown().isPresent()) {
      JsonNode message = client.device().next();
      // What is blank, dialects may take for absent.
      if (!entry.shown().get().matches() && !text.isBlank()) {
        assertThat(message.at(entry.shown().get()).asText())
            .as("%s: %s in %s", entry, outcome, message)
            .isEqualTo(text);
      }
    }
    return outcome;
  }
}
