// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.push.TaskId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TaskIdsTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void ids_ofOneMillisecond_growAndStayApart() {
    var ids = new TaskIds(NOON, 3, 0);

    long[] given = LongStream.range(0, 10_000).map(_ -> ids.nextTask().value()).toArray();

    assertThat(given).isSorted().doesNotHaveDuplicates();
    assertThat(given[given.length - 1]).isLessThan(TaskId.LIMIT);
  }

  @Test
  void ids_ofTwoNodes_neverMeet() {
    var one = new TaskIds(NOON, 1, 0);
    var two = new TaskIds(NOON, 2, 0);

    assertThat(LongStream.range(0, 1_000).map(_ -> one.nextTask().value()).toArray())
        .doesNotContain(LongStream.range(0, 1_000).map(_ -> two.nextTask().value()).toArray());
  }

  @Test
  void ids_afterARestartWithAnEarlierClock_lieAboveTheOldOnes() {
    long last = new TaskIds(NOON, 31, 0).nextTask().value();
    Clock earlier = Clock.fixed(NOON.instant().minusSeconds(3_600), ZoneOffset.UTC);

    assertThat(new TaskIds(earlier, 0, last).nextTask().value()).isGreaterThan(last);
  }

  @Test
  void ids_in2050_stillFit() {
    Clock future = Clock.fixed(Instant.parse("2050-01-01T00:00:00Z"), ZoneOffset.UTC);

    assertThat(new TaskIds(future, 31, 0).nextTask().value()).isLessThan(TaskId.LIMIT);
  }
}
