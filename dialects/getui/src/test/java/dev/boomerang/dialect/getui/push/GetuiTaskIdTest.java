// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.getui.push.GetuiTaskId.Kind;
import dev.boomerang.dialect.getui.push.GetuiTaskId.OfSchedule;
import dev.boomerang.dialect.getui.push.GetuiTaskId.OfTask;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.schedule.ScheduleId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetuiTaskIdTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Instant EVENING = Instant.parse("2026-11-20T18:00:00Z");

  @Test
  void name_hasItsKindAndItsDay() {
    var task = new TaskId(TaskId.LIMIT - 1);

    assertThat(GetuiTaskId.of(Kind.SINGLE, task, EVENING).v1(SHANGHAI))
        .isEqualTo("OSS-1121_0000000000000000001fffffffffffff");
    assertThat(GetuiTaskId.of(Kind.LIST, task, EVENING).v2(SHANGHAI))
        .isEqualTo("RASL_1121_0000000000000000001fffffffffffff");
    assertThat(GetuiTaskId.of(Kind.APP, task, EVENING).v2(SHANGHAI)).startsWith("RASA_1121_");
  }

  @ParameterizedTest
  @EnumSource
  void name_isUnderstoodWhenItComesBack(Kind kind) {
    for (long number : new long[] {1, 4_711, TaskId.LIMIT - 1}) {
      var task = new TaskId(number);
      GetuiTaskId name = GetuiTaskId.of(kind, task, EVENING);
      assertThat(GetuiTaskId.parse(name.v1(SHANGHAI))).contains(new OfTask(task));
      assertThat(GetuiTaskId.parse(name.v2(SHANGHAI))).contains(new OfTask(task));
      assertThat(GetuiTaskId.parse(task.toString())).contains(new OfTask(task));
    }
    ScheduleId schedule = ScheduleId.mint(EVENING, RandomGenerator.getDefault());
    GetuiTaskId scheduled = GetuiTaskId.of(kind, schedule, EVENING);
    assertThat(GetuiTaskId.parse(scheduled.v1(SHANGHAI))).contains(new OfSchedule(schedule));
    assertThat(GetuiTaskId.parse(scheduled.v2(SHANGHAI))).contains(new OfSchedule(schedule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "OSS-1121_x",
        "_",
        "0",
        "OSS-1121_00000000000000000000000000000000",
        "OSS-1121_00000000000000000020000000000000",
        "1121_0000000000000000001fffffffffffff",
        "OSS-1121_0000000000000000001FFFFFFFFFFFFF",
        "99999999999999999999"
      })
  void otherTexts_areNoTaskNames(String text) {
    assertThat(GetuiTaskId.parse(text)).isEmpty();
  }
}
