// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.text;

import dev.boomerang.model.text.WellFormedText;

/// Says which field of a request is wrong. It is the only exception that dialects throw over bad
/// input; each dialect turns it into its own code in one place.
public final class InvalidFieldException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public enum Kind {
    /// The field is not there at all.
    MISSING,
    /// There, but empty or only white space.
    BLANK,
    /// The field has the wrong form: no number, no JSON, an unknown name.
    MALFORMED,
    /// The field has the right form, but is too small, too large, too long or has too many entries.
    OUT_OF_RANGE
  }

  private final String field;
  private final Kind kind;
  private final String sentence;

  /// `problem` completes a sentence that begins with the field's name: "must be a number".
  public InvalidFieldException(String field, Kind kind, String problem) {
    String shown = WellFormedText.visible(field);
    super(shown + " " + problem, null, false, false);
    this.field = shown;
    this.kind = kind;
    this.sentence = shown + " " + problem;
  }

  public String field() {
    return field;
  }

  public Kind kind() {
    return kind;
  }

  /// Returns what is wrong, beginning with the field's name.
  public String description() {
    return sentence;
  }
}
