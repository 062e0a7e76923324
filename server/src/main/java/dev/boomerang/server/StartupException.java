// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

/// Why the server cannot start, in one line that says what to do about it.
final class StartupException extends Exception {
  private static final long serialVersionUID = 1;

  StartupException(String message) {
    super(message, null, false, false);
  }
}
