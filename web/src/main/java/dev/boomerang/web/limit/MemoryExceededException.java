// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.limit;

import dev.boomerang.web.Refusal;

/// A call needs more memory than it may have. The server words it, as a 413 or a 503 of the
/// caller's dialect; nothing of the call has taken effect where it is thrown.
public final class MemoryExceededException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean tooLarge;

  MemoryExceededException(boolean tooLarge) {
    super(tooLarge ? "the call alone is too large" : "too much is under way", null, false, false);
    this.tooLarge = tooLarge;
  }

  public Refusal refusal() {
    return tooLarge
        ? new Refusal.TooLarge("what the request unpacks to is too large")
        : new Refusal.Overloaded();
  }
}
