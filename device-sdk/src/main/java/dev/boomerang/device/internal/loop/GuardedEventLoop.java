// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.loop;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Runs tasks on another loop, hands what a task throws to a listener so that the next one still
 * runs, and runs nothing once closed.
 */
public final class GuardedEventLoop implements EventLoop {
  private final EventLoop loop;
  private final Consumer<RuntimeException> onFailure;
  private boolean closed;

  public GuardedEventLoop(EventLoop loop, Consumer<RuntimeException> onFailure) {
    this.loop = loop;
    this.onFailure = onFailure;
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(() -> run(task));
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    return loop.after(delay, () -> run(task));
  }

  @Override
  public long now() {
    return loop.now();
  }

  @Override
  public boolean isCurrent() {
    return loop.isCurrent();
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
  }

  private void run(Runnable task) {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      onFailure.accept(e);
    }
  }
}
