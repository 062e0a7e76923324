// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.io.IOException;

/** The device storage failed, and with it the client. */
final class StorageFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StorageFailure(IOException cause) {
    super("the device storage failed: " + cause.getMessage(), cause);
  }
}
