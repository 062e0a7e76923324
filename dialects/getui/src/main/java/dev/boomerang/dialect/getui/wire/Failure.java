// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

/// Is a `result` that is an error, with the reason for people, which may be empty.
record Failure(String code, String reason) {
  /// Returns a failure without a reason, for results that explain themselves.
  static Failure of(WireResult result) {
    return new Failure(result.code(), "");
  }
}
