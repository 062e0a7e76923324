// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import org.junit.jupiter.api.Test;

class TaskJsonTest {

  @Test
  void counts_nameOnlyStatesThatSomeDeliveryIsIn() {
    assertThat(TaskJson.counts(task(3, 1, "shown", 2))).isEqualTo("total=3 unreached=1 shown=2");
    assertThat(TaskJson.counts(task(0, 0, "shown", 0))).isEqualTo("total=0");
  }

  @Test
  void task_isOver_whenEveryDeliveryIsInAFinalState() {
    assertThat(TaskJson.isOver(task(2, 0, "opened", 2))).isTrue();
    assertThat(TaskJson.isOver(task(2, 1, "recalled", 1))).isTrue();
    assertThat(TaskJson.isOver(task(2, 0, "recalling", 2))).isFalse();
  }

  @Test
  void delivery_tellsItsCause() {
    var delivery = Json.object().put("registration", "7").put("state", "failed").put("cause", "x");

    assertThat(TaskJson.delivery(delivery)).isEqualTo("7 failed (x)");
  }

  private static JsonNode task(int total, int unreached, String state, int count) {
    var task = Json.object().put("total", total).put("unreached", unreached);
    task.putObject("counts").put(state, count);
    return task;
  }
}
