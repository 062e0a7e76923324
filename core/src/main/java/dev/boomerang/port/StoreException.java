// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

/// The store gave no answer. Whether the change was made is not known; asking again is safe,
/// because every change is either named by its caller or guarded by the state it expects.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
