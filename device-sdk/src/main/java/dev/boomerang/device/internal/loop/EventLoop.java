// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.loop;

import java.time.Duration;

/** Runs the tasks of a client on the one thread that owns its state, and tells the time. */
public interface EventLoop {

  /**
   * Runs the task after all tasks handed over before. Any thread may call it; it does nothing once
   * the loop is closed.
   */
  void execute(Runnable task);

  /** Runs the task on the loop, not before {@code delay} has passed. */
  Timer after(Duration delay, Runnable task);

  /** Returns the time in Unix milliseconds. */
  long now();

  /** Returns whether the caller runs on this loop. */
  boolean isCurrent();

  /**
   * Closes the loop: the running task ends, and waiting ones never run. Only a task of the loop may
   * call it.
   */
  void close();

  /** A task that waits for its time. */
  interface Timer {
    /** Keeps the task from running, if it has not started. */
    void cancel();
  }
}
