// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

/// A text that a dialect keeps with a task or a schedule for itself. It travels with the push and
/// is stored as it is; nothing but the dialect that wrote it reads it.
public record DialectDetail(String text) {
  /// The detail of what needs none.
  public static final DialectDetail NONE = new DialectDetail("");
}
