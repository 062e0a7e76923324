// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

/// Classifies why a store could not do what it was asked, as far as an operator can mend it.
public enum StoreFailure {
  FULL("full", "disk full"),
  IO("io", "I/O error"),
  READ_ONLY("readonly", "read-only"),
  CONNECTION("connection", "no connection"),
  TIMEOUT("timeout", "no answer in time"),
  /// It is anything else: a fault of ours, or one that only its message can tell.
  OTHER("other", "failed");

  private final String wire;
  private final String text;

  StoreFailure(String wire, String text) {
    this.wire = wire;
    this.text = text;
  }

  /// Returns the name in metrics and logs.
  public String wire() {
    return wire;
  }

  /// Returns what an operator reads.
  public String text() {
    return text;
  }

  /// Returns whether it comes from around the program and is the same for every caller. The store
  /// tells such a failure once in the log.
  public boolean isOutage() {
    return this != OTHER;
  }

  /// Returns at which level a caller logs what it could not do for this cause.
  public System.Logger.Level logLevel() {
    return isOutage() ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
  }

  /// Returns the [#logLevel] for whatever was thrown where a store was asked.
  public static System.Logger.Level logLevelOf(Throwable fault) {
    return fault instanceof StoreException e ? e.failure().logLevel() : System.Logger.Level.WARNING;
  }
}
