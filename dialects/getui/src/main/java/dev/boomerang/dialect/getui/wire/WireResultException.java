// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import java.util.Optional;

/// Ends a call with this result. Nothing has been done.
final class WireResultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final WireResult result;

  WireResultException(WireResult result) {
    super(result.code(), null, false, false);
    this.result = result;
  }

  /// Adds a reason for people.
  WireResultException(WireResult result, String reason) {
    super(reason, null, false, false);
    this.result = result;
  }

  WireResult result() {
    return result;
  }

  Optional<String> reason() {
    return Optional.ofNullable(getMessage()).filter(it -> !it.equals(result.code()));
  }
}
