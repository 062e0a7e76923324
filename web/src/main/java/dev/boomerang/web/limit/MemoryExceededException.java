// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.limit;

/// Says that a call needs more memory than it may have. The server answers with a 413 or a 503 in
/// the caller's dialect (`Refusal.of`); nothing of the call has taken effect where it is thrown.
public final class MemoryExceededException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean tooLarge;

  MemoryExceededException(boolean tooLarge) {
    super(tooLarge ? "the call alone is too large" : "too much is under way", null, false, false);
    this.tooLarge = tooLarge;
  }

  /// Returns whether the call alone is too large; if not, other calls under way leave it too
  /// little.
  public boolean isTooLarge() {
    return tooLarge;
  }
}
