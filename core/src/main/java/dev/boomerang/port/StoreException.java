// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

/// Signals that the store gave no answer. The change was not made, unless [#isOutcomeUnknown];
/// asking again is safe either way, because every change is either named by its caller or guarded
/// by the state it expects.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final StoreFailure failure;
  private final boolean outcomeUnknown;

  public StoreException(String message, Throwable cause) {
    this(StoreFailure.OTHER, false, message, cause);
  }

  public StoreException(StoreFailure failure, String message, Throwable cause) {
    this(failure, false, message, cause);
  }

  private StoreException(
      StoreFailure failure, boolean outcomeUnknown, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
    this.outcomeUnknown = outcomeUnknown;
  }

  /// Returns the exception of a change whose commit was sent and never answered, and could not be
  /// looked up since.
  public static StoreException ofUnknownOutcome(
      StoreFailure failure, String message, Throwable cause) {
    return new StoreException(failure, true, message, cause);
  }

  public StoreFailure failure() {
    return failure;
  }

  /// Returns whether the change may have been made all the same.
  public boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }
}
