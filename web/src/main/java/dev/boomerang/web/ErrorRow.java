// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

/// A row of a dialect's error table. Each dialect has an enum of them, with the vendor document's
/// title as its source.
public interface ErrorRow {

  /// Holds the columns of a row. `code` is the dialect's own, as its clients compare it, `status`
  /// the HTTP status that it is sent with, and `text` the dialect's own text or name for it.
  record Columns(String code, int status, String text) {}

  Columns columns();

  default String code() {
    return columns().code();
  }

  default int status() {
    return columns().status();
  }

  default String text() {
    return columns().text();
  }

  /// Returns the code of a dialect whose codes are numbers.
  default int number() {
    return Integer.parseInt(code());
  }
}
