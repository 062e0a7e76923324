// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.journal;

import java.io.IOException;

/** Thrown when the device storage failed, which ends the client. */
public final class StorageFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageFailedException(IOException cause) {
    super("the device storage failed: " + cause.getMessage(), cause);
  }
}
