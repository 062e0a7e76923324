// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

/// One row of a dialect's error table: an enum per dialect, with the vendor document's title as its
/// source.
public interface ErrorRow {
  /// The dialect's own code, as its clients compare it.
  String code();

  /// The HTTP status it travels with.
  int status();

  /// The dialect's own text or name for it.
  String text();
}
