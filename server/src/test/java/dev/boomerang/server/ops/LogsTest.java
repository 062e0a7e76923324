// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.web.field.Json;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogsTest {

  @Test
  void textLine_isOneLineWhateverTheMessage() {
    String line = new TextLine().format(line("event=x path=/a\n2026 ERROR forged"));

    assertThat(line)
        .isEqualTo(
            "2026-01-02T03:04:05.678Z WARN Some event=x path=/a 2026 ERROR forged"
                + System.lineSeparator());
  }

  @Test
  void textLine_endsWithTheCause_indented() {
    LogRecord line = line("event=x");
    line.setThrown(new IllegalStateException("why\n2026 ERROR forged"));

    String text = new TextLine().format(line);

    assertThat(text)
        .contains("event=x" + System.lineSeparator() + "  java.lang.IllegalStateException: why");
    assertThat(text.lines().skip(1)).allMatch(each -> each.startsWith("  "));
  }

  @Test
  void jsonLine_isOneJsonObject() {
    LogRecord line = line("event=\"x\"\ny");
    line.setThrown(new IllegalStateException("why"));

    String text = new JsonLine().format(line);

    assertThat(text.lines()).hasSize(1);
    var json = Json.read(text).orElseThrow();
    assertThat(json.path("time").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(json.path("level").asText()).isEqualTo("WARN");
    assertThat(json.path("logger").asText()).isEqualTo("dev.boomerang.Some");
    assertThat(json.path("message").asText()).isEqualTo("event=\"x\"\ny");
    assertThat(json.path("error").asText()).contains("IllegalStateException: why");
  }

  private static LogRecord line(String message) {
    var line = new LogRecord(Level.WARNING, message);
    line.setLoggerName("dev.boomerang.Some");
    line.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
    return line;
  }
}
