// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import java.util.Optional;

/// A call that ends with this result. Nothing has been done.
final class ResultFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Result result;

  ResultFault(Result result) {
    super(result.code(), null, false, false);
    this.result = result;
  }

  /// `why` is a sentence for people.
  ResultFault(Result result, String why) {
    super(why, null, false, false);
    this.result = result;
  }

  Result result() {
    return result;
  }

  Optional<String> why() {
    return Optional.ofNullable(getMessage()).filter(it -> !it.equals(result.code()));
  }
}
