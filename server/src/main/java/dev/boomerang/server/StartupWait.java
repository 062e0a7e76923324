// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import dev.boomerang.port.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Runs the steps of a start that may take long on a busy machine. While one runs, a line says
/// every `interval` what the start waits for; after `timeout` it is given up.
record StartupWait(Duration timeout, Duration interval, Consumer<String> log) {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /// The usual: a line every five seconds, in the log.
  static StartupWait of(Duration timeout) {
    System.Logger logger = System.getLogger(StartupWait.class.getName());
    return new StartupWait(
        timeout, INTERVAL, line -> logger.log(System.Logger.Level.WARNING, line));
  }

  /// Returns what the step returns. `what` completes "waiting for …".
  <T> T until(String what, Callable<T> step) throws IOException, StartupException {
    var task = new FutureTask<T>(step);
    Thread.ofPlatform().name("start").daemon().start(task);
    for (Duration waited = Duration.ZERO; ; waited = waited.plus(interval)) {
      if (waited.compareTo(timeout) >= 0) {
        task.cancel(true);
        throw new StartupException(
            "gave up waiting for "
                + what
                + " after "
                + waited.toSeconds()
                + " s (startup-timeout)");
      }
      if (!waited.isZero()) {
        log.accept("event=start-waits for=\"" + what + "\" seconds=" + waited.toSeconds());
      }
      Duration left = timeout.minus(waited);
      try {
        return task.get(
            (left.compareTo(interval) < 0 ? left : interval).toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        // The log already says that the start still waits.
      } catch (ExecutionException e) {
        throw failure(e);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        task.cancel(true);
        throw new StartupException("stopped while waiting for " + what);
      }
    }
  }

  /// Returns what made a step fail, or throws it.
  private static IOException failure(ExecutionException e) throws StartupException {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return switch (cause) {
      case IOException failure -> failure;
      case StartupException fault -> throw fault;
      case StoreException failure -> throw failure;
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case Throwable failure -> new IOException(failure);
    };
  }
}
