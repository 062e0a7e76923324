// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

/**
 * What came of taking a notice off the screen. The server reports it to whoever asked for the
 * recall.
 */
public enum WithdrawResult {
  /** It is off, and the user had not opened it. */
  REMOVED,
  /** The user had opened or dismissed it already, or it is gone for another reason. */
  TOO_LATE
}
