// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import dev.boomerang.model.push.RecallId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.TemplateId;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers for tasks and recalls: 40 bits of milliseconds since 2020, 8 bits that count within one,
/// 5 bits of node. More than 256 in a millisecond borrow from the next; a clock that steps back,
/// from the last one given.
public final class TaskIds {
  private static final long EPOCH_MILLIS = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
  private static final int COUNT_BITS = 8;
  private static final int NODE_BITS = 5;
  static final int MAX_NODE = (1 << NODE_BITS) - 1;

  private final Clock clock;
  private final int node;
  private final AtomicLong last;

  /// `floor` is the highest number ever given by any node; new ones lie above it.
  public TaskIds(Clock clock, int node, long floor) {
    if (node < 0 || node > MAX_NODE) {
      throw new IllegalArgumentException("node must be 0 to " + MAX_NODE);
    }
    this.clock = clock;
    this.node = node;
    this.last = new AtomicLong(floor >> NODE_BITS);
  }

  public TaskId nextTask() {
    return new TaskId(next());
  }

  public RecallId nextRecall() {
    return new RecallId(next());
  }

  public TemplateId nextTemplate() {
    return new TemplateId(next());
  }

  private long next() {
    long now = Math.max(0, clock.millis() - EPOCH_MILLIS) << COUNT_BITS;
    long tick = last.updateAndGet(before -> Math.max(before + 1, now));
    return tick << NODE_BITS | node;
  }
}
