// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.Template.FillResult;
import dev.boomerang.model.push.TemplateId;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.MemoryBudget;
import dev.boomerang.web.limit.MemoryExceededException;
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
          new Notification(
              "t", "#a#".repeat(1_000), Appearance.PLAIN, Optional.empty(), false, Map.of()),
          Instant.EPOCH,
          Instant.EPOCH);

  private FillResult filled(String value) {
    return TemplateFilling.fill(template, Map.of("a", value), Map.of(), MOST);
  }

  @Test
  void aTemplateThatMultipliesItsValues_isNotFilled() {
    assertThat(filled("x".repeat(1_900))).isEqualTo(new FillResult.TooLong(1_900_001));
    assertThat(filled("x".repeat(65))).isInstanceOf(FillResult.Complete.class);
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
