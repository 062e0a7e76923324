// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

/**
 * What came of taking a notice off the screen. The server reports it to whoever asked for the
 * recall.
 */
public enum Withdrawal {
  /** It is off, and the user had not opened it. */
  TAKEN_OFF,
  /** The user had opened or dismissed it already, or it is gone for another reason. */
  TOO_LATE
}
