// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

/// A setting that cannot be taken. The message names the setting, its value, where it came from,
/// and the rule it breaks.
public final class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidSettingException(String message) {
    super(message, null, false, false);
  }
}
