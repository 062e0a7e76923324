// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.loop;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks on a daemon thread of its own, by the system's clock. */
public final class ThreadEventLoop implements EventLoop {
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new LoopThread(task);
            thread.setDaemon(true);
            return thread;
          });

  public ThreadEventLoop() {
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // The loop is closed, so the task never runs.
    }
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    try {
      Future<?> future = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  @Override
  public long now() {
    return System.currentTimeMillis();
  }

  @Override
  public boolean isCurrent() {
    Thread thread = Thread.currentThread();
    return thread instanceof LoopThread && ((LoopThread) thread).loop() == this;
  }

  @Override
  public void close() {
    executor.shutdown();
  }

  private final class LoopThread extends Thread {
    LoopThread(Runnable task) {
      super(task, "boomerang-device");
    }

    ThreadEventLoop loop() {
      return ThreadEventLoop.this;
    }
  }
}
