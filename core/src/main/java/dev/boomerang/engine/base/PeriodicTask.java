// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.base;

import dev.boomerang.port.StoreException;
import java.time.Duration;

/// A thread that does something again and again, with a pause between. It survives whatever a pass
/// throws: what is due stays due.
public final class PeriodicTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PeriodicTask.class.getName());

  private final String name;
  private final Duration pause;
  private final Runnable pass;
  private volatile boolean closing;
  private final Thread thread;

  private PeriodicTask(String name, Duration pause, Runnable pass) {
    this.name = name;
    this.pause = pause;
    this.pass = pass;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  public static PeriodicTask start(String name, Duration pause, Runnable pass) {
    var periodicTask = new PeriodicTask(name, pause, pass);
    periodicTask.thread.start();
    return periodicTask;
  }

  private void run() {
    while (!closing) {
      try {
        pass.run();
      } catch (StoreException e) {
        LOG.log(e.failure().logLevel(), name + " waits for the store", e);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, name + " failed, and goes on", e);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// Returns when the pass under way is through.
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
