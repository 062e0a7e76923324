// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

/// A call that is refused with an error of the table. Thrown by what reads requests, and turned
/// into its reply in [JpushDialect].
final class JpushFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final JpushError error;
  private final String text;

  JpushFault(JpushError error, String text) {
    super(text, null, false, false);
    this.error = error;
    this.text = text;
  }

  JpushError error() {
    return error;
  }

  String text() {
    return text;
  }
}
