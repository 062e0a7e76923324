// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.text.WellFormedText;

/// Signals that a text was to be stored or looked for that is no [WellFormedText]. Nothing was
/// stored. It is a fault of whoever let the text in, because requests are checked where they are
/// read.
public final class IllFormedTextException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private IllFormedTextException(String problem) {
    super("a stored text " + problem, null, false, true);
  }

  /// Throws if `text` is not well-formed.
  public static void check(String text) {
    WellFormedText.problem(text)
        .ifPresent(
            problem -> {
              throw new IllFormedTextException(problem);
            });
  }
}
