// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

/// A `result` that is none, and what is wrong, for people; `why` may be empty.
record Failure(String code, String reason) {
  static Failure of(WireResult result) {
    return new Failure(result.code(), "");
  }
}
