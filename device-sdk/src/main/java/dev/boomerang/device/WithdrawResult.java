// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

/**
 * The result of withdrawing a notification. The server reports it to the caller that asked for the
 * recall.
 */
public enum WithdrawResult {
  /** The notification was removed, and the user had not opened it. */
  REMOVED,
  /** The user had opened or dismissed it already, or it was gone for another reason. */
  TOO_LATE
}
