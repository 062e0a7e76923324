// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.loop;

import java.time.Duration;

/** The one thread that owns a client's state, and its time. */
public interface EventLoop {

  /**
   * Runs it after everything handed over before. From any thread; does nothing once the loop is
   * closed.
   */
  void execute(Runnable task);

  /** Runs it on the loop, not before `delay` has passed. */
  Timer after(Duration delay, Runnable task);

  /** Unix milliseconds. */
  long now();

  /** Whether the caller runs on this loop. */
  boolean isCurrent();

  /** Only on the loop. What is running ends; what waits never runs. */
  void close();

  /** Something that has not happened yet. */
  interface Timer {
    void cancel();
  }
}
