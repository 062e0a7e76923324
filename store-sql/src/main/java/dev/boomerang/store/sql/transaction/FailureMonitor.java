// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.port.StoreFailure;
import java.util.Optional;

/// Observes how calls of one kind end, and logs one line when an outage begins and one when it is
/// over.
///
/// A disk that is full or fails may still take little: its outage is over when something succeeds
/// that is at least as heavy as the lightest that failed.
public final class FailureMonitor {
  private static final System.Logger LOG = System.getLogger(FailureMonitor.class.getName());

  private final String what;
  private volatile Optional<Outage> current = Optional.empty();

  /// `what` is in the log: `reads`, `writes`.
  public FailureMonitor(String what) {
    this.what = what;
  }

  private record Outage(StoreFailure cause, int lightest, long failed) {
    Outage with(int weight) {
      return new Outage(cause, Math.min(lightest, weight), failed + 1);
    }

    boolean isOfDisk() {
      return cause == StoreFailure.FULL || cause == StoreFailure.IO;
    }

    boolean endsWith(int weight) {
      return !isOfDisk() || weight >= lightest;
    }
  }

  /// Returns the cause of the present outage.
  public Optional<StoreFailure> outage() {
    return current.map(Outage::cause);
  }

  /// Returns whether the disk is full or fails: small writes may succeed and large ones fail.
  boolean isDiskOut() {
    return current.filter(Outage::isOfDisk).isPresent();
  }

  /// Records that a call failed. `weight` is about how many rows it would have touched.
  public synchronized void failed(StoreFailure cause, int weight, String message) {
    if (!cause.isOutage()) {
      return;
    }
    Optional<Outage> same = current.filter(it -> it.cause() == cause);
    current = Optional.of(same.map(it -> it.with(weight)).orElse(new Outage(cause, weight, 1)));
    if (same.isEmpty()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "event=store-"
              + what
              + "-fail cause="
              + cause.wire()
              + " detail="
              + cause.text()
              + ": "
              + message.lines().findFirst().orElse(""));
    }
  }

  /// Records that a call succeeded, which costs next to nothing outside an outage.
  void succeeded(int weight) {
    if (current.isPresent()) {
      end(weight);
    }
  }

  private synchronized void end(int weight) {
    Optional<Outage> over = current.filter(it -> it.endsWith(weight));
    if (over.isPresent()) {
      current = Optional.empty();
      LOG.log(
          System.Logger.Level.INFO,
          "event=store-"
              + what
              + "-succeed-again cause="
              + over.get().cause().wire()
              + " failed="
              + over.get().failed());
    }
  }
}
