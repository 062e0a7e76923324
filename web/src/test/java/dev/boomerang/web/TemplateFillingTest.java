// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Content.Look;
import dev.boomerang.model.Content.Notification;
import dev.boomerang.model.Template;
import dev.boomerang.model.Template.Filled;
import dev.boomerang.model.TemplateId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateFillingTest {
  private static final int MOST = 64 * 1024;

  private final Template template =
      new Template(
          new TemplateId(1),
          new AppId("shop"),
          "bomb",
          "",
          "",
          new Notification("t", "#a#".repeat(1_000), Look.PLAIN, Optional.empty(), false, Map.of()),
          Instant.EPOCH,
          Instant.EPOCH);

  private Filled filled(String value) {
    return TemplateFilling.fill(template, Map.of("a", value), Map.of(), MOST);
  }

  @Test
  void aTemplateThatMultipliesItsValues_isNotFilled() {
    assertThat(filled("x".repeat(1_900))).isEqualTo(new Filled.TooLong(1_900_001));
    assertThat(filled("x".repeat(65))).isInstanceOf(Filled.Complete.class);
  }

  @Test
  void manyFillings_areChargedToTheirCall_beforeTheyAreMade() {
    var lease = new MemoryBudget(16 << 20).open("a");

    assertThatThrownBy(
            () ->
                CallMemory.within(
                    lease,
                    () -> IntStream.range(0, 1_000).mapToObj(_ -> filled("x".repeat(60))).toList()))
        .isInstanceOf(MemoryExceededException.class);
    assertThat(lease.held()).isLessThanOrEqualTo(8 << 20);
  }
}
